import { Icon, makeStyles } from '@fluentui/react';
import { RelativeTime } from './relative-time.tsx';

type Entry = { id: string; at: string; what: string; who: string; from: string; isAlarming: boolean };

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    gap: '0 8px',
    padding: '8px 0',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12 },
}));

/** A short list of what happened, for the details of a thing: what, who, from where, when. */
export const ActivityList = ({ label, entries }: { label: string; entries: readonly Entry[] }) => {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.entry}>
          <Icon iconName={entry.isAlarming ? 'Warning' : 'History'} />
          <div>
            <div>{entry.what}</div>
            <div className={styles.quiet}>
              {entry.who}, from {entry.from}
            </div>
          </div>
          <span className={styles.quiet}>
            <RelativeTime at={entry.at} />
          </span>
        </li>
      ))}
    </ul>
  );
};
