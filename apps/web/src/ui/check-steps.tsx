import { DefaultButton, hiddenContentStyle, Icon, makeStyles, Spinner, SpinnerSize } from '@fluentui/react';
import type { CheckStep } from '@junction/contracts';
import { CommandText } from './command-text.tsx';
import { CopyButton } from './copy-button.tsx';
import type { IconName } from './icons.tsx';

/** One step of a check as it is shown: waiting, under way, ended, or never begun because the check stopped. */
export type StepView = {
  step: string;
  label: string;
  status: 'pending' | 'running' | 'notRun' | CheckStep['status'];
  result?: CheckStep;
};

type Offer = NonNullable<CheckStep['offer']>;

const offerWords: Readonly<Record<Offer, string>> = { createContainer: 'Create container' };

const statusLooks: Readonly<Record<StepView['status'], { words: string; icon: IconName }>> = {
  pending: { words: 'Waiting', icon: 'CircleRing' },
  running: { words: 'Running', icon: 'CircleRing' },
  passed: { words: 'Passed', icon: 'Passed' },
  failed: { words: 'Failed', icon: 'Failed' },
  skipped: { words: 'Skipped', icon: 'Skipped' },
  notRun: { words: 'Not run', icon: 'Skipped' },
};

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: 2 },
  step: { display: 'grid', gridTemplateColumns: '20px 1fr', columnGap: '8px', padding: '4px 0', alignItems: 'start' },
  icon: {
    width: 20,
    height: 20,
    fontSize: 16,
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    color: theme.palette.neutralSecondary,
  },
  passed: { color: theme.semanticColors.successIcon },
  failed: { color: theme.semanticColors.errorIcon },
  head: { display: 'flex', justifyContent: 'space-between', gap: 12, lineHeight: '20px' },
  hidden: hiddenContentStyle,
  quiet: { color: theme.palette.neutralSecondary },
  label: { fontWeight: 600 },
  time: { color: theme.palette.neutralSecondary, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  detail: { display: 'flex', flexDirection: 'column', gap: 8, padding: '4px 0 8px', overflowWrap: 'anywhere' },
  paragraph: { margin: 0 },
  command: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: 4,
    padding: '4px 4px 4px 12px',
    borderRadius: 4,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    background: theme.palette.neutralLighterAlt,
  },
  commandText: { flex: 1, minWidth: 0, padding: '6px 0' },
  code: { display: 'flex', alignItems: 'center', gap: 4, fontSize: 12, color: theme.palette.neutralSecondary },
}));

/** Milliseconds as people read them: "under 1 ms", "84 ms", "2.4 s". */
export const durationText = (durationMs: number): string => {
  if (durationMs < 1) return 'under 1 ms';
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
};

/** One sentence on how far a check is; this is what a screen reader hears as the steps end. */
export const progressText = (steps: readonly StepView[]): string => {
  const failed = steps.filter(({ status }) => status === 'failed');
  const ended = steps.filter(({ result }) => result !== undefined).length;
  const isOver = !steps.some(({ status }) => status === 'pending' || status === 'running');
  if (steps.some(({ status }) => status === 'notRun'))
    return `Verification stopped after ${ended} of ${steps.length} steps.`;
  if (!isOver) return `${ended} of ${steps.length} steps done.`;
  if (failed.length === 0) return 'Verification passed.';
  return `Verification failed. ${failed.map(({ label, result }) => `${label}: ${result?.message ?? ''}`).join(' ')}`;
};

type Props = {
  label: string;
  steps: readonly StepView[];
  /** Announces progress; for a check that runs now, not for one of the past. */
  isLive?: boolean;
  /** Takes up what a failed step offers to do; the offer is shown as a button. */
  onOffer?: (offer: Offer) => void;
};

/** The steps of a check: what passed and how fast, what failed, why, and what to do about it. */
export const CheckSteps = ({ label, steps, isLive = false, onOffer }: Props) => {
  const styles = useStyles();
  return (
    <>
      <ol className={styles.list} aria-label={label}>
        {steps.map((view) => (
          <li key={view.step} className={styles.step} data-status={view.status}>
            <StepIcon status={view.status} />
            <div>
              <div className={styles.head}>
                <span className={view.status === 'failed' ? styles.label : isQuiet(view) ? styles.quiet : undefined}>
                  {view.label}
                </span>
                <span className={styles.time}>{stateText(view)}</span>
              </div>
              {view.result !== undefined && (view.status !== 'passed' || view.result.isTelling === true) && (
                <StepDetail result={view.result} onOffer={onOffer} />
              )}
            </div>
          </li>
        ))}
      </ol>
      {isLive && (
        <div role="status" className={styles.hidden}>
          {progressText(steps)}
        </div>
      )}
    </>
  );
};

const isQuiet = ({ status }: StepView): boolean => status === 'pending' || status === 'skipped' || status === 'notRun';

const stateText = ({ status, result }: StepView): string => {
  const { words } = statusLooks[status];
  return result !== undefined && status !== 'skipped' ? `${words} · ${durationText(result.durationMs)}` : words;
};

const StepIcon = ({ status }: { status: StepView['status'] }) => {
  const styles = useStyles();
  const color = status === 'passed' ? styles.passed : status === 'failed' ? styles.failed : '';
  if (status === 'running') return <Spinner size={SpinnerSize.xSmall} className={styles.icon} />;
  return <Icon iconName={statusLooks[status].icon} className={`${styles.icon} ${color}`} aria-hidden />;
};

const StepDetail = ({ result, onOffer }: { result: CheckStep; onOffer: Props['onOffer'] }) => {
  const styles = useStyles();
  const { offer, remedy } = result;
  return (
    <div className={styles.detail}>
      <p className={`${styles.paragraph} ${result.status === 'failed' ? '' : styles.quiet}`}>{result.message}</p>
      {remedy !== undefined && <p className={styles.paragraph}>{remedy.text}</p>}
      {remedy?.command !== undefined && (
        <div className={styles.command}>
          <div className={styles.commandText}>
            <CommandText>{remedy.command}</CommandText>
          </div>
          <CopyButton text={remedy.command} what="command" />
        </div>
      )}
      {offer !== undefined && onOffer !== undefined && (
        <div>
          <DefaultButton text={offerWords[offer]} onClick={() => onOffer(offer)} />
        </div>
      )}
      {result.status === 'failed' && (
        <div className={styles.code}>
          <span>Code: {result.code}</span>
          <CopyButton text={result.code} what="code" />
        </div>
      )}
    </div>
  );
};
