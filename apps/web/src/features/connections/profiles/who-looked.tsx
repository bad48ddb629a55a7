import { ActionButton, DefaultButton, makeStyles, Shimmer } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { profileViewDays } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { counted } from '../../../lib/sizes.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { profileViewsQuery } from './api.ts';

const useStyles = makeStyles((theme) => ({
  toggle: { marginInlineStart: -8 },
  body: { display: 'flex', flexDirection: 'column', gap: 12 },
  list: { listStyle: 'none', margin: 0, padding: 0, borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
  entry: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: '0 12px',
    padding: '6px 0',
    lineHeight: '20px',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  name: { overflowWrap: 'anywhere' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, margin: 0 },
}));

type Props = { environmentId: string; connectionId: string };

/** Who looked at the report of a connection, and when; asked for when somebody wants to know. */
export const WhoLooked = (props: Props) => {
  const styles = useStyles();
  const bodyId = useId('views');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div>
      <ActionButton
        className={styles.toggle}
        iconProps={{ iconName: isOpen ? 'ChevronDown' : 'ChevronRight' }}
        text="Who looked"
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setIsOpen(!isOpen)}
      />
      <div id={bodyId}>{isOpen && <Views {...props} />}</div>
    </div>
  );
};

const Views = ({ environmentId, connectionId }: Props) => {
  const styles = useStyles();
  const list = useInfiniteQuery(profileViewsQuery(environmentId, connectionId));
  const views = list.data;
  if (views === undefined)
    return list.error === null ? (
      <Shimmer />
    ) : (
      <ErrorState title="Who looked could not be loaded" error={list.error} onRetry={() => list.refetch()} />
    );
  if (views.length === 0) return <p className={styles.quiet}>Nobody has looked at the report yet.</p>;
  return (
    <div className={styles.body}>
      <ul className={styles.list} aria-label="Who looked at the report, the last one first">
        {views.map(({ person, reportId, firstAt, lastAt, requests }) => (
          <li key={`${person.id} ${reportId} ${firstAt}`} className={styles.entry}>
            <span className={styles.name}>{person.name}</span>
            <span className={styles.quiet}>
              <RelativeTime at={lastAt} /> · {counted(requests, 'request')}
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div>
          <DefaultButton
            text={list.isFetchingNextPage ? 'Loading …' : 'Show earlier ones'}
            disabled={list.isFetchingNextPage}
            allowDisabledFocus
            onClick={() => void list.fetchNextPage()}
          />
        </div>
      )}
      <p className={styles.quiet}>Kept for {profileViewDays} days.</p>
    </div>
  );
};
