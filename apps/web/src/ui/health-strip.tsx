import { Icon, makeStyles, TooltipHost } from '@fluentui/react';
import type { CheckOutcome } from '@junction/contracts';
import { durationText } from './check-steps.tsx';
import type { IconName } from './icons.tsx';

/** One check of the past. `at` is RFC 3339. */
export type HealthBar = { id: string; outcome: CheckOutcome; at: string; durationMs: number };

const looks: Readonly<Record<CheckOutcome, { words: string; icon: IconName }>> = {
  passed: { words: 'Passed', icon: 'Passed' },
  actionRequired: { words: 'Action required', icon: 'Failed' },
  failing: { words: 'Failing', icon: 'WarningFilled' },
};

const useStyles = makeStyles((theme) => ({
  strip: { display: 'flex', alignItems: 'flex-end', gap: 3, height: 24, margin: 0, padding: 0, listStyle: 'none' },
  bar: { width: 8, borderRadius: 2, forcedColorAdjust: 'none' },
  // Height tells the outcomes apart as well as colour.
  passed: { height: 12, background: theme.semanticColors.successIcon },
  failing: { height: 18, background: theme.semanticColors.severeWarningIcon },
  actionRequired: { height: 24, background: theme.semanticColors.errorIcon },
  outcome: { display: 'inline-flex', alignItems: 'center', gap: 6 },
  passedIcon: { color: theme.semanticColors.successIcon },
  failingIcon: { color: theme.semanticColors.severeWarningIcon },
  actionRequiredIcon: { color: theme.semanticColors.errorIcon },
}));

/** How a check ended: icon, word and colour. */
export const OutcomeLabel = ({ outcome }: { outcome: CheckOutcome }) => {
  const styles = useStyles();
  return (
    <span className={styles.outcome}>
      <Icon iconName={looks[outcome].icon} className={styles[`${outcome}Icon`]} aria-hidden />
      {looks[outcome].words}
    </span>
  );
};

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
        const text = `${looks[outcome].words}, ${timeText(at)}, ${durationText(durationMs)}`;
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
