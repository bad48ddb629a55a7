import type { IButtonStyles } from '@fluentui/react';

const red = { ground: '#b10e1c', hovered: '#960b18', pressed: '#6e0811', text: '#ffffff' };

/** The red of a button that destroys something; white on it is legible (7:1) in every theme. */
export const dangerButtonStyles: IButtonStyles = {
  root: { backgroundColor: red.ground, borderColor: red.ground, color: red.text },
  rootHovered: { backgroundColor: red.hovered, borderColor: red.hovered, color: red.text },
  rootPressed: { backgroundColor: red.pressed, borderColor: red.pressed, color: red.text },
};
