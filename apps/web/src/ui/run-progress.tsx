import { makeStyles, ProgressIndicator } from '@fluentui/react';
import type { Run } from '@junction/contracts';
import { progressWords, shareDone } from '../lib/run-words.ts';

const useStyles = makeStyles((theme) => ({
  words: {
    display: 'block',
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** How far a run is: a bar, and under it what it is at. */
export const RunProgressBar = ({ run, hasWords = true }: { run: Run; hasWords?: boolean }) => {
  const styles = useStyles();
  const words = progressWords(run, new Date());
  const share = shareDone(run);
  return (
    <>
      <ProgressIndicator
        ariaLabel={`Progress of ${run.export.name}`}
        ariaValueText={words}
        percentComplete={run.state === 'queued' ? 0 : share}
        styles={{ itemProgress: { padding: '4px 0' } }}
      />
      {hasWords && <span className={styles.words}>{words}</span>}
    </>
  );
};
