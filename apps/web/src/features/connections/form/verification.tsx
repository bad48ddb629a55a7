import { DefaultButton, type IButton, MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { CheckStep } from '@junction/contracts';
import { useEffect, useRef } from 'react';
import { CheckSteps } from '../../../ui/check-steps.tsx';
import type { CheckState } from '../check/use-check.ts';

type Offer = NonNullable<CheckStep['offer']>;

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px' },
  title: { fontSize: 14, fontWeight: 600, lineHeight: '20px', margin: 0 },
  hint: { color: theme.semanticColors.bodySubtext, margin: 0 },
}));

const hints: Readonly<Record<CheckState['status'], string>> = {
  idle: 'Tries everything this connection needs, and says what to do where something is missing. Nothing is saved.',
  running: 'Verifying …',
  cancelled: 'Cancelled. Steps that had not ended were not run.',
  ended: '',
  unavailable: '',
};

const resultTypes = {
  passed: MessageBarType.success,
  actionRequired: MessageBarType.error,
  failing: MessageBarType.severeWarning,
} as const;

const resultTexts = {
  passed: 'Verified. Everything this connection needs works.',
  actionRequired: 'Something has to be changed before this connection works.',
  failing: 'The check could not be completed. This can pass by itself; verify again in a moment.',
} as const;

const outdatedText = 'You changed something since this check. Verify again to be sure.';

const refusedText =
  'Not saved, because the check failed. Correct it and save again, or choose Save anyway: the connection then stays in the list as “Action required” until a check passes.';

type Props = {
  check: CheckState;
  isDisabled: boolean;
  /** True when what was verified is not what the form holds now. */
  isOutdated: boolean;
  /** True after saving was refused because of this check. */
  isRefused: boolean;
  /** What to say then. */
  refusal?: string;
  onVerify: (allow?: Offer[]) => void;
  onCancel: () => void;
};

/** Verifies what is typed, with each step as it ends. */
export const Verification = ({
  check,
  isDisabled,
  isOutdated,
  isRefused,
  refusal = refusedText,
  onVerify,
  onCancel,
}: Props) => {
  const styles = useStyles();
  const titleId = useId('verification');
  const isRunning = check.status === 'running';
  const { result, problem } = check;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (result === undefined || result.outcome === 'passed') return;
    // A moment later, when the fields above show what the check says about them and nothing moves any more.
    const timer = setTimeout(() =>
      section.current?.querySelector('[data-status="failed"]')?.scrollIntoView({ block: 'nearest' }),
    );
    return () => clearTimeout(timer);
  }, [result]);
  // The buttons that begin and cancel a check go away with their click; the focus then goes to the one that stays.
  const verifyButton = useRef<IButton>(null);
  const verify = (allow?: Offer[]) => {
    if (isDisabled || isRunning) return;
    verifyButton.current?.focus();
    onVerify(allow);
  };
  const cancel = () => {
    verifyButton.current?.focus();
    onCancel();
  };
  return (
    <section ref={section} className={styles.root} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        Verification
      </h2>
      <div className={styles.head}>
        <DefaultButton
          componentRef={verifyButton}
          text={check.status === 'idle' || isRunning ? 'Verify' : 'Verify again'}
          iconProps={{ iconName: 'Shield' }}
          disabled={isDisabled || isRunning}
          allowDisabledFocus
          // Leaving a field shows or takes away its error and moves the button; were that to happen with the press, the click would miss.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => verify()}
        />
        {isRunning && <DefaultButton text="Cancel verification" onClick={cancel} />}
      </div>
      {hints[check.status] !== '' && <p className={styles.hint}>{hints[check.status]}</p>}
      {problem !== undefined && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {problem.message}
        </MessageBar>
      )}
      {result !== undefined && (
        <MessageBar
          messageBarType={isOutdated ? MessageBarType.info : resultTypes[result.outcome]}
          isMultiline
          delayedRender={false}
        >
          {isOutdated ? outdatedText : isRefused ? refusal : resultTexts[result.outcome]}
        </MessageBar>
      )}
      {check.steps.length > 0 && (
        <CheckSteps
          label="Verification steps"
          steps={check.steps}
          isLive
          onOffer={isRunning || isDisabled || isOutdated ? undefined : (offer) => verify([offer])}
        />
      )}
    </section>
  );
};
