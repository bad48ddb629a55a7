import { makeStyles } from '@fluentui/react';

export const useTableStyles = makeStyles((theme) => ({
  card: {
    background: theme.semanticColors.bodyBackground,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    minWidth: 0,
    // Fluent's types do not know `clip`, which unlike `hidden` leaves the sticky head alone.
    overflow: 'clip' as 'hidden',
  },
  progress: { height: 2 },
  list: {
    // Fluent lets the list scroll sideways by itself, which would hold the head inside it.
    '.ms-DetailsList': { overflow: 'visible' },
    '.ms-DetailsList-headerWrapper': { position: 'sticky', top: 0, zIndex: 1 },
    '.ms-DetailsHeader': { paddingTop: 0 },
    '.ms-DetailsHeader-cellTitle .ms-Icon': { display: 'flex', alignItems: 'center' },
    '.ms-DetailsRow-cell': {
      fontSize: 14,
      display: 'flex',
      flexDirection: 'column',
      justifyContent: 'center',
      minHeight: 42,
    },
    '.ms-DetailsRow-fields': { alignItems: 'stretch' },
    '.ms-DetailsRow-cell a': { fontWeight: 600 },
    // There Fluent paints a selected row in the color of selections, but not all that is in it.
    '@media (forced-colors: active)': {
      '.ms-DetailsRow.is-selected .ms-DetailsRow-cell *': { color: 'HighlightText', fill: 'currentColor' },
    },
  },
  loading: { minHeight: 42 * 9 },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  actions: { '&.ms-DetailsRow-cell': { alignItems: 'flex-end', padding: '0 4px' } },
  narrowText: { color: theme.semanticColors.bodySubtext, fontSize: 12, overflowWrap: 'anywhere' },
}));
