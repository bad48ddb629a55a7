import type { CheckOutcome, CheckResult, CheckStep } from '@junction/contracts';
import { type CheckContext, checkDeadlineMs, stepDeadlineMs } from './connector.ts';

/** What a step found out. `isTransient` says that a failure may pass by itself. */
export type Verdict = Omit<CheckStep, 'step' | 'durationMs'> & { isTransient?: boolean };

/** Looks at one thing; may throw, which counts as `unexpected`. The signal fires when the step's or the check's time is over, or nobody waits. */
export type StepWork = (signal: AbortSignal) => Promise<Verdict>;

/** How much of a check's time is kept back for removing what the check has made, whatever happened before. */
export const cleanUpMs = 1_500;

/** The codes that every connector's steps may have, whoever it is. */
export const runCodes = ['notReached', 'cancelled', 'outOfTime', 'timedOut', 'unexpected'] as const;

const seconds = (milliseconds: number): string => `${milliseconds / 1000} seconds`;

const cancelled: Verdict = { status: 'skipped', code: 'cancelled', message: 'The check was cancelled.' };

const outOfTime: Verdict = {
  status: 'failed',
  code: 'outOfTime',
  message: `The whole check took longer than ${seconds(checkDeadlineMs)}.`,
  remedy: { text: 'Try again. If it stays so, look at the network between Junction and the other side.' },
  isTransient: true,
};

const timedOut: Verdict = {
  status: 'failed',
  code: 'timedOut',
  message: `There was no answer within ${seconds(stepDeadlineMs)}.`,
  remedy: { text: 'Try again. If it stays so, look at the network between Junction and the other side.' },
  isTransient: true,
};

const unexpected: Verdict = {
  status: 'failed',
  code: 'unexpected',
  message: 'Something happened that Junction has no name for.',
  remedy: { text: 'Try again. If it stays so, report it with the time of this check.' },
};

const notReached = (label: string): Verdict => ({
  status: 'skipped',
  code: 'notReached',
  message: `Not checked, because "${label}" did not succeed.`,
});

/** A step that failed, or was itself not reached, keeps those that need it from running; one that was skipped on purpose does not. */
const isBlocking = ({ status, code }: Verdict): boolean =>
  status === 'failed' || (runCodes as readonly string[]).includes(code);

const outcomeOf = (verdicts: readonly Verdict[]): CheckOutcome => {
  const blocking = verdicts.filter(isBlocking);
  if (blocking.length === 0) return 'passed';
  return blocking.some(({ status, isTransient }) => status === 'failed' && isTransient !== true)
    ? 'actionRequired'
    : 'failing';
};

const roundedMs = (from: number): number => Math.round((performance.now() - from) * 10) / 10;

/** One check while it runs. Each step is declared with the steps it needs; steps that need nothing from each other run side by side. */
export type CheckRun = {
  /** Fires when nobody waits any more, or when only the time for cleaning up is left. */
  signal: AbortSignal;
  /** Runs `work` as soon as all steps in `after` have succeeded. */
  step(name: string, after: readonly string[], work: StepWork): void;
  /** Waits for all steps. Never rejects. */
  finish(): Promise<CheckResult>;
};

/** Starts the clock of a check whose steps are those of a manifest. */
export const startCheckRun = (
  steps: readonly { step: string; label: string }[],
  context: Pick<CheckContext, 'signal' | 'now' | 'onStep'>,
): CheckRun => {
  const startedAt = context.now().toISOString();
  const begun = performance.now();
  const deadline = AbortSignal.timeout(checkDeadlineMs - cleanUpMs);
  const signal = AbortSignal.any([context.signal, deadline]);
  const verdicts = new Map<string, Promise<{ verdict: Verdict; durationMs: number }>>();

  /** A listener that fails, because its browser is gone for example, must not change what is found. */
  const tell: CheckContext['onStep'] = (event) => {
    try {
      context.onStep(event);
    } catch {}
  };

  const whyEnded = (): Verdict => {
    if (context.signal.aborted) return cancelled;
    return deadline.aborted ? outOfTime : timedOut;
  };

  const perform = async (work: StepWork): Promise<Verdict> => {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(stepDeadlineMs)]);
    const { promise: ended, resolve: end } = Promise.withResolvers<Verdict>();
    const onEnding = () => end(whyEnded());
    ending.addEventListener('abort', onEnding, { once: true });
    const found = work(ending).catch(() => (ending.aborted ? whyEnded() : unexpected));
    const verdict = await Promise.race([found, ended]);
    ending.removeEventListener('abort', onEnding);
    return verdict;
  };

  const run = async (name: string, after: readonly string[], work: StepWork) => {
    for (const needed of after) {
      const before = await verdicts.get(needed);
      if (before !== undefined && isBlocking(before.verdict))
        return { verdict: skipFor(needed, before.verdict), durationMs: 0 };
    }
    if (signal.aborted) return { verdict: whyEnded(), durationMs: 0 };
    tell({ started: name });
    const from = performance.now();
    const verdict = await perform(work);
    return { verdict, durationMs: roundedMs(from) };
  };

  const skipFor = (needed: string, before: Verdict): Verdict =>
    before.code === 'cancelled' ? cancelled : notReached(steps.find(({ step }) => step === needed)?.label ?? needed);

  const finished = (name: string, { verdict, durationMs }: { verdict: Verdict; durationMs: number }): CheckStep => {
    const { isTransient: _, ...rest } = verdict;
    return { step: name, durationMs, ...rest };
  };

  return {
    signal,
    step(name, after, work) {
      const outcome = run(name, after, work);
      verdicts.set(name, outcome);
      outcome.then((ended) => tell({ finished: finished(name, ended) }));
    },
    async finish() {
      const ended = await Promise.all(steps.map(async ({ step }) => ({ step, ended: await verdicts.get(step) })));
      const known = ended.flatMap(({ step, ended }) => (ended === undefined ? [] : [{ step, ...ended }]));
      return {
        outcome: outcomeOf(known.map(({ verdict }) => verdict)),
        startedAt,
        durationMs: roundedMs(begun),
        steps: known.map(({ step, ...rest }) => finished(step, rest)),
      };
    },
  };
};
