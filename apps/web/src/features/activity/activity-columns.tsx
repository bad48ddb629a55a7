import { Icon, Link, makeStyles } from '@fluentui/react';
import type { ActivityEntry } from '../../lib/activity.ts';
import type { Column } from '../../ui/data-table/columns.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

const useStyles = makeStyles((theme) => ({
  icon: { color: theme.semanticColors.warningIcon, marginInlineEnd: 6, verticalAlign: 'middle' },
}));

const What = ({ entry, onOpen }: { entry: ActivityEntry; onOpen: () => void }) => {
  const styles = useStyles();
  return (
    <span>
      {entry.isAlarming && <Icon iconName="Warning" className={styles.icon} />}
      <Link onClick={onOpen}>{entry.what}</Link>
    </span>
  );
};

/** What, on what, who, when, from where. */
export const activityColumns = (onOpen: (id: string) => void): Column<ActivityEntry>[] => [
  {
    key: 'what',
    title: 'What',
    minWidth: 150,
    render: (entry) => <What entry={entry} onOpen={() => onOpen(entry.id)} />,
  },
  { key: 'on', title: 'On what', minWidth: 140, leavesAt: 2, render: (entry) => entry.on },
  { key: 'who', title: 'Who', minWidth: 120, leavesAt: 1, render: (entry) => entry.who },
  { key: 'when', title: 'When', minWidth: 100, render: (entry) => <RelativeTime at={entry.at} /> },
  { key: 'from', title: 'From', minWidth: 110, leavesAt: 3, render: (entry) => entry.from },
];
