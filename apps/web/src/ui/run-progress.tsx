import { makeStyles, ProgressIndicator } from '@fluentui/react';
import type { Run } from '@junction/contracts';
import { progressWords, shareDone, shortProgressWords } from '../lib/run-words.ts';
import { useNow } from './use-now.ts';

const useStyles = makeStyles((theme) => ({
  words: {
    display: 'block',
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
    fontVariantNumeric: 'tabular-nums',
  },
  short: { lineHeight: '14px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  inRow: { width: '100%', minWidth: 0 },
}));

const Bar = ({ run, words, height, padding }: { run: Run; words: string; height: number; padding: number }) => (
  <ProgressIndicator
    ariaLabel={`Progress of ${run.export.name}`}
    ariaValueText={words}
    barHeight={height}
    percentComplete={run.state === 'queued' ? 0 : shareDone(run)}
    styles={{ itemProgress: { padding: `${padding}px 0` } }}
  />
);

/** How far a run is: a bar, and under it what it is at. */
export const RunProgressBar = ({ run }: { run: Run }) => {
  const styles = useStyles();
  const words = progressWords(run, useNow('seconds'));
  return (
    <div>
      <Bar run={run} words={words} height={4} padding={4} />
      <span className={styles.words}>{words}</span>
    </div>
  );
};

/** The same in a row of a list: as high as one line, whatever it says, so that nothing below it moves. All of it on hover. */
export const RunProgressLine = ({ run }: { run: Run }) => {
  const styles = useStyles();
  const now = useNow('seconds');
  const words = progressWords(run, now);
  return (
    <div className={styles.inRow} title={words}>
      <span className={`${styles.words} ${styles.short}`}>{shortProgressWords(run, now)}</span>
      <Bar run={run} words={words} height={2} padding={0} />
    </div>
  );
};
