import { DefaultButton, Link, MessageBar, MessageBarType, makeStyles, PrimaryButton } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { Manifest } from '@junction/connectors/manifests';
import type { ConnectionDraftStep } from '@junction/contracts';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { LeaveGuard, leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { AccessStep } from './access-step.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { ReviewStep } from './review-step.tsx';
import { SettingsStep } from './settings-step.tsx';
import { StepNav } from './step-nav.tsx';
import { firstUnfinished, isReachable, stepBefore, stepWords } from './steps.ts';
import type { DraftState } from './use-draft.ts';
import { type OpenedDraft, type SetUp, useSetUp } from './use-set-up.ts';

const useStyles = makeStyles((theme) => ({
  card: {
    boxSizing: 'border-box',
    padding: 24,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
    maxWidth: 960,
    '@media (max-width: 639px)': { padding: 16 },
    // The bar of buttons lies over what scrolls, so what is brought into view has to stop before it.
    '& *': { scrollMarginBottom: 80 },
  },
  title: { fontSize: 16, fontWeight: 600, lineHeight: '22px', margin: '0 0 16px', outline: 'none' },
  footer: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    maxWidth: 960,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: 8,
    padding: '12px 0',
    borderTop: '1px solid transparent',
    background: theme.semanticColors.bodyStandoutBackground,
  },
  state: { marginInlineStart: 'auto', color: theme.semanticColors.bodySubtext, fontSize: 12 },
  failed: { maxWidth: 960, marginTop: 16 },
}));

type Props = {
  manifest: Manifest;
  environmentId: string;
  step: ConnectionDraftStep;
  /** The draft that is gone on with. */
  opened?: OpenedDraft;
  onBegun: (draftId: string) => void;
};

/** The place in the router's state that says that somebody asked for a later step. */
type SentBack = { isSentBack?: true } | null;

/** The wizard at one of its steps. What was filled in stays while one goes from step to step. */
export const SetUpSteps = ({ manifest, environmentId, step, opened, onBegun }: Props) => {
  const styles = useStyles();
  const formId = useId('set-up');
  const navigate = useNavigate();
  const wasSentBack = (useLocation().state as SentBack)?.isSentBack === true;
  const setUp = useSetUp({ manifest, environmentId, opened, onBegun });
  const [isCanceling, setIsCanceling] = useState(false);
  const heading = useFocusedHeading(step);
  const { draft, progress, pathOf } = setUp;

  const { save } = draft;
  const savedAt = useRef(step);
  useEffect(() => {
    if (savedAt.current !== step) void save();
    savedAt.current = step;
  });

  if (!isReachable(step, progress))
    return (
      <Navigate
        to={pathOf(firstUnfinished(progress))}
        state={{ ...leaveUnguarded.state, isSentBack: true } satisfies SentBack}
        replace
      />
    );

  const leave = () => void navigate(paths.connections(environmentId), leaveUnguarded);
  const cancel = () => {
    if (draft.idNow() === undefined && !draft.hasUnsaved()) leave();
    else setIsCanceling(true);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (step === 'settings') void setUp.goOn();
    else if (step === 'access') void setUp.goTo('review');
    else void setUp.done();
  };
  return (
    <>
      <StepNav current={step} progress={progress} pathOf={pathOf} />
      <form id={formId} noValidate className={styles.card} onSubmit={onSubmit}>
        <h2 ref={heading} className={styles.title} tabIndex={-1}>
          {stepWords[step]}
        </h2>
        {step === 'settings' && <SettingsStep setUp={setUp} wasSentBack={wasSentBack} />}
        {step === 'access' && <AccessStep setUp={setUp} />}
        {step === 'review' && <ReviewStep setUp={setUp} />}
      </form>
      <DraftTrouble state={draft.state} onRetry={() => void save()} />
      <div className={styles.footer}>
        <Buttons setUp={setUp} step={step} formId={formId} onCancel={cancel} />
        <span className={styles.state}>{draftWords[draft.state.status]}</span>
      </div>
      {isCanceling && (
        <CancelDialog
          environmentId={environmentId}
          draft={draft}
          onLeave={leave}
          onStay={() => setIsCanceling(false)}
        />
      )}
      <LeaveGuard
        isDirty={draft.state.status === 'failed'}
        within={paths.newConnection(environmentId, manifest.type)}
      />
    </>
  );
};

/** The heading of a step, which gets the focus when another step took the place of the one before. */
const useFocusedHeading = (step: ConnectionDraftStep) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
    document.getElementById('content')?.scrollTo?.({ top: 0 });
  }, [step]);
  return heading;
};

const draftWords: Readonly<Record<DraftState['status'], string>> = {
  none: '',
  changed: '',
  saving: 'Saving the draft …',
  saved: 'Draft saved',
  failed: '',
};

const DraftTrouble = ({ state, onRetry }: { state: DraftState; onRetry: () => void }) => {
  const styles = useStyles();
  if (state.status !== 'failed') return null;
  return (
    <div className={styles.failed}>
      <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false} role="alert">
        The draft could not be saved. {state.error.message} <Link onClick={onRetry}>Save it now</Link>
      </MessageBar>
    </div>
  );
};

type ButtonsProps = { setUp: SetUp; step: ConnectionDraftStep; formId: string; onCancel: () => void };

const Buttons = ({ setUp, step, formId, onCancel }: ButtonsProps) => {
  const { isBusy, isSaving, check, columns, verification } = setUp;
  const before = stepBefore(step);
  const isVerifying = check.status === 'running';
  const hasFailed = check.result !== undefined && check.result.outcome !== 'passed';
  const mayGoOnAnyway = step === 'settings' && !verification.isOutdated && (hasFailed || columns.status === 'failed');
  const words =
    step === 'review'
      ? isSaving
        ? 'Verifying and creating …'
        : 'Done'
      : !isBusy || step !== 'settings'
        ? 'Next'
        : isVerifying
          ? 'Verifying …'
          : 'Reading the columns …';
  return (
    <>
      {before !== undefined && <DefaultButton text="Back" disabled={isBusy} onClick={() => void setUp.goTo(before)} />}
      <PrimaryButton type="submit" form={formId} text={words} disabled={isBusy} allowDisabledFocus />
      {mayGoOnAnyway && <DefaultButton text="Go on anyway" disabled={isBusy} onClick={() => void setUp.goOnAnyway()} />}
      <DefaultButton text="Cancel" disabled={isSaving} onClick={onCancel} />
    </>
  );
};
