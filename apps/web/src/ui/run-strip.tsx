import { type ITheme, makeStyles, TooltipHost, useTheme } from '@fluentui/react';
import type { Run } from '@junction/contracts';
import { runSeconds } from '../lib/run-words.ts';
import { counted, spanInWords } from '../lib/sizes.ts';
import { statusWords } from './status-badge.tsx';
import { useNow } from './use-now.ts';

/** Bars that fit beside each other on a phone, narrower than elsewhere. */
export const barsAtMost = 20;
const barWidth = 12;

const durationHeight = 40;
const rowsHeight = 20;
/** So that the shortest run, too, can be seen and pointed at. */
const leastHeight = 3;

type Look = { color: (theme: ITheme) => string; pattern: 'full' | 'striped' | 'hollow' };

const quiet = ({ palette }: ITheme) => palette.neutralTertiary;

/** Patterns tell the outcomes apart as well as colors. */
const looks: Readonly<Record<Run['state'], Look>> = {
  successful: { color: ({ semanticColors }) => semanticColors.successIcon, pattern: 'full' },
  failed: { color: ({ semanticColors }) => semanticColors.errorIcon, pattern: 'striped' },
  skipped: { color: quiet, pattern: 'hollow' },
  canceled: { color: quiet, pattern: 'hollow' },
  queued: { color: ({ palette }) => palette.themePrimary, pattern: 'hollow' },
  processing: { color: ({ palette }) => palette.themePrimary, pattern: 'hollow' },
};

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', gap: 12, alignItems: 'stretch' },
  strip: { display: 'flex', flex: '0 1 auto', gap: 3, margin: 0, padding: 0, listStyle: 'none', minWidth: 0 },
  entry: { width: barWidth, flex: '0 1 auto', minWidth: 4 },
  run: { display: 'flex', flexDirection: 'column', cursor: 'default' },
  upper: {
    height: durationHeight,
    display: 'flex',
    alignItems: 'flex-end',
    borderBottom: `1px solid ${theme.palette.neutralTertiaryAlt}`,
  },
  lower: { height: rowsHeight },
  bar: { width: '100%', boxSizing: 'border-box', forcedColorAdjust: 'none', borderRadius: '2px 2px 0 0' },
  rows: {
    width: '100%',
    background: theme.palette.neutralTertiaryAlt,
    borderRadius: '0 0 2px 2px',
    forcedColorAdjust: 'none',
  },
  scales: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-between',
    margin: 0,
    flexShrink: 0,
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
    fontVariantNumeric: 'tabular-nums',
  },
}));

const fillOf = ({ pattern }: Look, color: string) => {
  if (pattern === 'full') return { background: color };
  const striped = `repeating-linear-gradient(45deg, ${color} 0 3px, transparent 3px 5px)`;
  return { border: `1px solid ${color}`, background: pattern === 'striped' ? striped : 'transparent' };
};

const heightOf = (value: number, most: number, height: number): number =>
  most === 0 ? leastHeight : Math.max(leastHeight, Math.round((value / most) * height));

type Props = {
  /** Newest first, as the API lists them; shown oldest first. */
  runs: readonly Run[];
  /** Writes an RFC 3339 time in the viewer's zone. */
  timeText: (at: string) => string;
};

/** Runs as bars: above the line how long each took, below it how many rows it wrote. A list of them says the same in words. */
export const RunStrip = ({ runs, timeText }: Props) => {
  const styles = useStyles();
  const theme = useTheme();
  const now = useNow();
  const bars = runs.toReversed().map((run) => ({ run, seconds: runSeconds(run, now) ?? 0 }));
  const longest = Math.max(0, ...bars.map(({ seconds }) => seconds));
  const most = Math.max(0, ...runs.map(({ progress }) => progress.rowsWritten));
  return (
    <div className={styles.root}>
      <ul className={styles.strip} aria-label={summaryOf(runs)}>
        {bars.map(({ run, seconds }) => {
          const look = looks[run.state];
          const { rowsWritten } = run.progress;
          const text = [
            statusWords(run.state),
            timeText(run.queuedAt),
            ...(run.startedAt === null ? [] : [spanInWords(seconds), counted(rowsWritten, 'row')]),
          ].join(', ');
          return (
            <li key={run.id} className={styles.entry}>
              <TooltipHost content={text} styles={{ root: { display: 'block' } }}>
                <div role="img" aria-label={text} className={styles.run}>
                  <div className={styles.upper}>
                    <div
                      className={styles.bar}
                      style={{ height: heightOf(seconds, longest, durationHeight), ...fillOf(look, look.color(theme)) }}
                    />
                  </div>
                  <div className={styles.lower}>
                    {rowsWritten > 0 && (
                      <div className={styles.rows} style={{ height: heightOf(rowsWritten, most, rowsHeight) }} />
                    )}
                  </div>
                </div>
              </TooltipHost>
            </li>
          );
        })}
      </ul>
      <p className={styles.scales} aria-hidden>
        <span>Up to {spanInWords(longest)}</span>
        <span>Up to {counted(most, 'row')}</span>
      </p>
    </div>
  );
};

/** "Last 20 runs: 18 successful, 2 not." */
const summaryOf = (runs: readonly Run[]): string => {
  const successful = runs.filter(({ state }) => state === 'successful').length;
  const which = runs.length === 1 ? 'Last run' : `Last ${runs.length} runs`;
  return `${which}: ${successful} successful, ${runs.length - successful} not.`;
};
