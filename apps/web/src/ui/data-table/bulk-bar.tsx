import { CommandBar as FluentCommandBar, type ICommandBarItemProps, makeStyles } from '@fluentui/react';

const useStyles = makeStyles((theme) => ({
  root: {
    // In sight however far down the rows are that were selected.
    position: 'sticky',
    top: 0,
    zIndex: 2,
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    padding: '4px 8px 4px 16px',
    minHeight: 44,
    boxSizing: 'border-box',
    background: theme.palette.themeLighterAlt,
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  count: { fontWeight: 600, whiteSpace: 'nowrap' },
  note: { display: 'block', fontWeight: 400, fontSize: 12, color: theme.semanticColors.bodySubtext },
  actions: { flex: 1, minWidth: 0 },
}));

/** What can be done with the selected rows, and how many they are; takes the place of the command bar. */
export const BulkBar = ({
  count,
  note,
  actions,
  onClear,
}: {
  count: number;
  note?: string;
  actions: ICommandBarItemProps[];
  onClear: () => void;
}) => {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <span className={styles.count} role="status">
        {count} selected
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </span>
      <div className={styles.actions}>
        <FluentCommandBar
          ariaLabel="For the selected rows"
          items={[
            // What does not fit goes into the menu from the end; what can be used now must not be there behind what cannot.
            ...actions.filter(({ disabled }) => !disabled),
            ...actions.filter(({ disabled }) => disabled),
            { key: 'clear', text: 'Clear selection', iconProps: { iconName: 'Cancel' }, onClick: onClear },
          ]}
          overflowButtonProps={{ ariaLabel: 'More commands' }}
          styles={{ root: { padding: 0, height: 36, background: 'transparent' } }}
        />
      </div>
    </div>
  );
};
