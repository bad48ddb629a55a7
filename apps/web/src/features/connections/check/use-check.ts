import type { Manifest } from '@junction/connectors/manifests';
import type { CheckEvent, CheckResult, CheckStep } from '@junction/contracts';
import { useEffect, useRef, useState } from 'react';
import type { StepView } from '../../../ui/check-steps.tsx';
import { afterCancel, afterEvent, startOfCheck, stepsOfResult } from './check-progress.ts';

type Offer = NonNullable<CheckStep['offer']>;

/** Asks the API for a check and hands over its events as they arrive. */
export type RunCheck = (allow: Offer[], signal: AbortSignal, onEvent: (event: CheckEvent) => void) => Promise<void>;

export type CheckState = {
  status: 'idle' | 'running' | 'cancelled' | 'ended' | 'unavailable';
  steps: readonly StepView[];
  result?: CheckResult;
  /** Why the check could not be asked for; its failures are in the steps. */
  problem?: Error;
};

export type Check = CheckState & {
  /** Runs the check. Does nothing while one is running. */
  start(run: RunCheck, allow?: Offer[]): Promise<CheckResult | undefined>;
  cancel(): void;
  /** Shows a check that the server made on its own, such as on saving. */
  show(result: CheckResult): void;
};

const idle: CheckState = { status: 'idle', steps: [] };

/** One check at a time, with its steps as they come in; it is cancelled when the pane goes away. */
export const useCheck = (manifest: Pick<Manifest, 'steps'>): Check => {
  const [state, setState] = useState<CheckState>(idle);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start: Check['start'] = async (run, allow = []) => {
    if (running.current !== null) return undefined;
    const controller = new AbortController();
    running.current = controller;
    setState({ status: 'running', steps: startOfCheck(manifest.steps) });
    let result: CheckResult | undefined;
    try {
      await run(allow, controller.signal, (event) => {
        if (event.event === 'result') result = event.result;
        setState((before) =>
          before.status === 'running' ? { ...before, steps: afterEvent(before.steps, event) } : before,
        );
      });
      setState((before) => ({ ...before, status: 'ended', result }));
      return result;
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      const problem = error instanceof Error ? error : new Error(String(error));
      setState((before) => ({ status: 'unavailable', steps: afterCancel(before.steps), problem }));
      return undefined;
    } finally {
      if (running.current === controller) running.current = null;
    }
  };

  const cancel = () => {
    running.current?.abort();
    running.current = null;
    setState((before) => ({ status: 'cancelled', steps: afterCancel(before.steps) }));
  };

  const show = (result: CheckResult) =>
    setState({ status: 'ended', steps: stepsOfResult(manifest.steps, result), result });

  return { ...state, start, cancel, show };
};
