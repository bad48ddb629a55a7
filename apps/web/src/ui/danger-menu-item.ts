import type { IContextualMenuItem, IContextualMenuItemStyleProps } from '@fluentui/react';

/** Makes the entry of a menu that destroys something red. */
export const dangerMenuItem: Pick<IContextualMenuItem, 'itemProps'> = {
  itemProps: {
    styles: ({ theme }: IContextualMenuItemStyleProps) => ({
      label: { color: theme.semanticColors.errorText },
      icon: { color: theme.semanticColors.errorText },
    }),
  } as IContextualMenuItem['itemProps'],
};
