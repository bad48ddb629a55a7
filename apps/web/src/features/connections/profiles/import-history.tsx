import { DefaultButton, makeStyles, Shimmer } from '@fluentui/react';
import type { ProfileImportRun } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../../ui/error-state.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { profileImportsQuery } from './api.ts';
import { importInWords } from './profile-words.ts';

/** Imports that are told before somebody asks for older ones. */
const shownAtFirst = 3;

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0, borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
  entry: {
    display: 'grid',
    gridTemplateColumns: '104px minmax(0, 1fr)',
    gap: '0 12px',
    alignItems: 'start',
    padding: '6px 0',
    lineHeight: '20px',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, fontVariantNumeric: 'tabular-nums', margin: 0 },
}));

/** The imports of a connection, newest first: how each went, when, why it was made and how long it took. */
export const ImportHistory = ({ environmentId, connectionId }: { environmentId: string; connectionId: string }) => {
  const styles = useStyles();
  const [shown, setShown] = useState(shownAtFirst);
  const history = useInfiniteQuery(profileImportsQuery(environmentId, connectionId));
  const imports = history.data;
  if (imports === undefined)
    return history.error === null ? (
      <Shimmer />
    ) : (
      <ErrorState title="The imports could not be loaded" error={history.error} onRetry={() => history.refetch()} />
    );
  if (imports.length === 0) return <p className={styles.quiet}>Nothing has been imported yet.</p>;
  const showOlder = () => {
    if (shown >= imports.length) void history.fetchNextPage();
    setShown(imports.length > shown ? imports.length : Number.POSITIVE_INFINITY);
  };
  return (
    <>
      <ul className={styles.list} aria-label="Imports, newest first">
        {imports.slice(0, shown).map((run) => (
          <li key={run.id} className={styles.entry}>
            <StatusBadge status={run.state} />
            <div>
              <RelativeTime at={run.queuedAt} /> <span className={styles.quiet}>{importInWords(run)}</span>
              <Why run={run} />
            </div>
          </li>
        ))}
      </ul>
      {(history.hasNextPage || shown < imports.length) && (
        <div>
          <DefaultButton
            text={history.isFetchingNextPage ? 'Loading …' : 'Show older imports'}
            disabled={history.isFetchingNextPage}
            allowDisabledFocus
            onClick={showOlder}
          />
        </div>
      )}
    </>
  );
};

const Why = ({ run: { problem, finishedAt } }: { run: ProfileImportRun }) => {
  const styles = useStyles();
  return problem === null || finishedAt === null ? null : <p className={styles.quiet}>{problem.message}</p>;
};
