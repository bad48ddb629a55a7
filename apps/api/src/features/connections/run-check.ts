import { type Connector, checkDeadlineMs } from '@junction/connectors/runtime';
import type { CheckEvent, CheckResult, CheckStep } from '@junction/contracts';
import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import { redactStep } from './redact.ts';
import type { Values } from './rules.ts';

export type Target = { settings: Values; secrets: Readonly<Record<string, string>> };

/** Who waits for a check, and what it may do. */
export type Checking = {
  /** Whose check it is; null for a probe. */
  personId: string | null;
  /** Fires when nobody waits any more. */
  signal: AbortSignal;
  /** Told of each step; the result is for the caller to tell, once it is kept. */
  tell?(event: CheckEvent): void;
  allow?: readonly NonNullable<CheckStep['offer']>[];
};

/** Connectors keep their own deadline; one that does not is cut off a little later, so that it cannot hold its turn for ever. */
const deadlineMs = checkDeadlineMs + 1_000;

/** A check that came to its end without a step of its own. */
export const failedResult = (step: CheckStep, startedAt: Date, outcome: CheckResult['outcome']): CheckResult => ({
  outcome,
  startedAt: startedAt.toISOString(),
  durationMs: step.durationMs,
  steps: [step],
});

/** How a check ends that did not end by itself. */
const endings = {
  checkBroke: {
    message: 'The check itself broke. The log of the server has the reason.',
    remedy: { text: 'Try again; if it stays so, report it with the lines of the log.' },
  },
  checkTimedOut: {
    message: 'The check took too long and was cut off.',
    remedy: { text: 'Try again later; if it stays so, see whether the other side is slow to answer.' },
  },
} as const;

type Needs = Pick<House, 'outbound' | 'clock' | 'checkLimits' | 'log'>;

/**
 * Checks a target in its turn and tells of each step. Always a result, without any of the target's secrets in it; throws only
 * when nobody waits any more (requestTimeout), the person checks too often (tooManyRequests) or too many checks wait (unavailable).
 */
export const runCheck = async (
  { outbound, clock, checkLimits, log }: Needs,
  connector: Connector,
  target: Target,
  { personId, signal, tell = () => {}, allow = [] }: Checking,
): Promise<CheckResult> => {
  if (personId !== null) await checkLimits.count(personId);
  const secrets = Object.values(target.secrets);
  const clean = (step: CheckStep) => redactStep(step, secrets);
  const check = async (): Promise<CheckResult> => {
    const startedAt = clock.now();
    const ended = (code: keyof typeof endings): CheckResult => {
      const step = connector.manifest.steps[0]?.step ?? 'check';
      const durationMs = Math.max(0, clock.now().getTime() - startedAt.getTime());
      return failedResult({ step, status: 'failed', durationMs, code, ...endings[code] }, startedAt, 'failing');
    };
    const stop = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
    const cutOff = new Promise<CheckResult>((resolve) => {
      stop.addEventListener('abort', () => resolve(ended('checkTimedOut')), { once: true });
    });
    const checked = connector
      .check(target, {
        signal: stop,
        outbound,
        now: () => clock.now(),
        allow: new Set(allow),
        onStep: (event) => {
          if (stop.aborted) return;
          if ('started' in event) tell({ event: 'started', step: event.started });
          else tell({ event: 'finished', step: clean(event.finished) });
        },
      })
      .then((result) => ({ ...result, steps: result.steps.map(clean) }))
      .catch((error: unknown) => {
        // The message may quote what the check was given; the name and the code do not.
        const { name, code } = (error ?? {}) as { name?: string; code?: string };
        log.error({ connector: connector.manifest.type, name, code }, 'a check broke');
        return ended('checkBroke');
      });
    return Promise.race([checked, cutOff]);
  };
  const result = await checkLimits.inTurn(signal, check).catch((error: unknown) => {
    if (error instanceof AppError) throw error;
    throw cancelled();
  });
  if (signal.aborted) throw cancelled();
  return result;
};

const cancelled = () => new AppError('requestTimeout', 'Nobody waited for the check any more, so it was cancelled.');
