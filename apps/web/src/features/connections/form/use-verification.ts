import * as contract from '@junction/contracts';
import { useState } from 'react';
import { callEvents } from '../../../lib/call.ts';
import type { Check, RunCheck } from '../check/use-check.ts';
import type { Reading } from './form-values.ts';
import type { ConnectionForm } from './use-connection-form.ts';

type Target = Pick<Reading, 'settings' | 'secrets'>;

/** What a check is about, to tell whether it was changed since. */
export const targetOf = ({ settings, secrets }: Target): string => JSON.stringify([settings, secrets]);

/** Asks for a check of settings and secrets that are not saved. */
export const checkDraftOf =
  (environmentId: string, type: string, { settings, secrets }: Target): RunCheck =>
  (allow, signal, onEvent) =>
    callEvents(
      contract.checkDraft,
      { params: { environmentId }, body: { type, settings, secrets, allow }, signal },
      onEvent,
    );

type Options = {
  form: ConnectionForm;
  check: Check;
  /** Asks for a check of what the form holds. */
  runCheck: RunCheck;
};

/** Verifies what the form holds, and tells whether it holds something else since. */
export const useVerification = ({ form, check, runCheck }: Options) => {
  const [verified, setVerified] = useState<string>();
  const target = targetOf(form.reading);
  return {
    /** What a check would be about now. */
    target,
    /** True when what was verified is not what the form holds now. */
    isOutdated: verified !== undefined && verified !== target,
    /** For a check that the server makes by itself, such as on saving. */
    begin: () => setVerified(target),
    /** Resolves to undefined where there is no result, or none about what the form holds by then. */
    verify: async (allow?: Parameters<RunCheck>[0]): Promise<contract.CheckResult | undefined> => {
      if (!(await form.canVerify())) return undefined;
      setVerified(target);
      const result = await check.start(runCheck, allow);
      if (result === undefined) return undefined;
      form.showFailures(result);
      if (targetOf(form.readNow()) !== target) return undefined;
      form.takeLearned(result);
      setVerified(targetOf(form.readNow()));
      return result;
    },
  };
};
