import { makeStyles, useTheme } from '@fluentui/react';

export const fontSizes = { name: 14, small: 12 } as const;

/**
 * The colors of charts, as attributes of what is drawn, so that a picture of it has them too. Each is seen on the card's ground (3:1); what is
 * not the chosen one turns grey.
 */
export const useChartColors = () => {
  const { palette, semanticColors } = useTheme();
  return {
    bar: palette.themePrimary,
    quiet: palette.neutralSecondaryAlt,
    text: semanticColors.bodyText,
    subtext: semanticColors.bodySubtext,
    track: palette.neutralLighter,
    land: palette.neutralLight,
    line: palette.neutralTertiaryAlt,
    ground: semanticColors.bodyBackground,
  };
};

const forced = '@media (forced-colors: active)';

/** What turns into the system's own colors where somebody chose those. */
export const useChartStyles = makeStyles({
  // In the color of the text around, which the system's own colors replace, too.
  mark: {
    outline: 'none',
    fill: 'none',
    pointerEvents: 'all',
    ':hover': { fill: 'currentColor', fillOpacity: 0.06 },
    ':focus-visible': { stroke: 'currentColor', strokeWidth: 2 },
  },
  choosable: { cursor: 'pointer' },
  text: { [forced]: { fill: 'CanvasText' } },
  bar: { [forced]: { fill: 'CanvasText' } },
  chosen: { [forced]: { fill: 'Highlight' } },
  quiet: { [forced]: { fill: 'GrayText' } },
  track: { [forced]: { fill: 'Canvas', stroke: 'GrayText' } },
  line: { [forced]: { stroke: 'CanvasText' } },
});
