import { DefaultButton, makeStyles, Shimmer } from '@fluentui/react';
import type { Run, RunPart } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { counted, sizeInWords } from '../../../lib/sizes.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { runPartsQuery } from '../api.ts';

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: '0 0 12px', padding: 0 },
  entry: { padding: '6px 0', borderBottom: `1px solid ${theme.semanticColors.bodyDivider}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: '0 12px', justifyContent: 'space-between' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, fontVariantNumeric: 'tabular-nums' },
  files: { display: 'block', overflowWrap: 'anywhere' },
}));

const stateWords = { waiting: 'Waiting', working: 'Under way', done: 'Done' } as const;

/** The pieces that the run is made of: each is some of the files of one entity. */
export const RunParts = ({ run }: { run: Run }) => {
  const styles = useStyles();
  const parts = useInfiniteQuery(runPartsQuery(run));
  if (parts.data === undefined)
    return parts.error === null ? (
      <Shimmer />
    ) : (
      <ErrorState title="The parts could not be loaded" error={parts.error} onRetry={() => parts.refetch()} />
    );
  return (
    <>
      <ol className={styles.list} aria-label="Parts">
        {parts.data.map((part) => (
          <li key={part.number} className={styles.entry}>
            <div className={styles.head}>
              <span>
                {part.number}. {part.entity}
              </span>
              <span className={styles.quiet}>{partWords(part)}</span>
            </div>
            <span className={`${styles.quiet} ${styles.files}`}>{filesWords(part)}</span>
            {part.problem !== null && (
              <span className={`${styles.quiet} ${styles.files}`}>
                {part.problem.message} {part.problem.remedy}
              </span>
            )}
          </li>
        ))}
      </ol>
      {parts.hasNextPage && (
        <DefaultButton
          text={parts.isFetchingNextPage ? 'Loading …' : 'Show more parts'}
          disabled={parts.isFetchingNextPage}
          allowDisabledFocus
          onClick={() => void parts.fetchNextPage()}
        />
      )}
    </>
  );
};

const partWords = ({ state, rowsWritten, rowsRejected, bytesRead, bytesTotal, retries }: RunPart): string =>
  [
    stateWords[state],
    state === 'done' ? counted(rowsWritten, 'row') : `${sizeInWords(bytesRead)} of ${sizeInWords(bytesTotal)}`,
    ...(rowsRejected === 0 ? [] : [`${counted(rowsRejected, 'row')} set aside`]),
    ...(retries === 0 ? [] : [`tried again ${counted(retries, 'time')}`]),
  ].join(', ');

const filesWords = ({ files, fileCount, written }: RunPart): string => {
  const from = fileCount > files.length ? `${files.join(', ')} and ${fileCount - files.length} more` : files.join(', ');
  return written.length === 0 ? from : `${from} → ${written.join(', ')}`;
};
