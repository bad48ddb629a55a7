import { makeStyles, TooltipHost } from '@fluentui/react';
import type { CheckOutcome } from '@junction/contracts';
import { durationText } from './check-steps.tsx';

/** One check of the past. `at` is RFC 3339. */
export type HealthBar = { id: string; outcome: CheckOutcome; at: string; durationMs: number };

const outcomeWords: Readonly<Record<CheckOutcome, string>> = {
  passed: 'Passed',
  actionRequired: 'Action required',
  failing: 'Failing',
};

/** The words for how a check ended. */
export const outcomeText = (outcome: CheckOutcome): string => outcomeWords[outcome];

const useStyles = makeStyles((theme) => ({
  strip: { display: 'flex', alignItems: 'flex-end', gap: 3, height: 24, margin: 0, padding: 0, listStyle: 'none' },
  bar: { width: 8, borderRadius: 2, forcedColorAdjust: 'none' },
  // Height tells the outcomes apart as well as colour.
  passed: { height: 12, background: theme.semanticColors.successIcon },
  failing: { height: 18, background: theme.semanticColors.severeWarningIcon },
  actionRequired: { height: 24, background: theme.semanticColors.errorIcon },
}));

type Props = {
  /** Newest first, as the API lists them; shown oldest first. */
  checks: readonly HealthBar[];
  /** Writes an RFC 3339 time in the viewer's zone. */
  timeText: (at: string) => string;
};

/** The last checks as little bars. The list of checks under it is the same in words. */
export const HealthStrip = ({ checks, timeText }: Props) => {
  const styles = useStyles();
  const bars = checks.toReversed();
  return (
    <ul className={styles.strip} aria-label={summaryOf(checks)}>
      {bars.map(({ id, outcome, at, durationMs }) => {
        const text = `${outcomeText(outcome)}, ${timeText(at)}, ${durationText(durationMs)}`;
        return (
          <li key={id}>
            <TooltipHost content={text}>
              <div role="img" aria-label={text} className={`${styles.bar} ${styles[outcome]}`} />
            </TooltipHost>
          </li>
        );
      })}
    </ul>
  );
};

/** "Last 20 checks: 18 passed, 2 did not." */
const summaryOf = (checks: readonly HealthBar[]): string => {
  const passed = checks.filter(({ outcome }) => outcome === 'passed').length;
  const others = checks.length - passed;
  const which = checks.length === 1 ? 'Last check' : `Last ${checks.length} checks`;
  return `${which}: ${passed} passed, ${others} did not.`;
};
