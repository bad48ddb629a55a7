import type { CheckResult, CheckStep } from '@junction/contracts';
import type { CheckContext, Connector } from '../connector.ts';
import { createOutbound, type Outbound } from '../outbound/outbound.ts';

export type RawTarget = { settings: Record<string, unknown>; secrets: Record<string, string> };

export type CheckOptions = {
  outbound?: Outbound;
  allow?: CheckContext['allow'];
  signal?: AbortSignal;
  now?: () => Date;
  onStep?: CheckContext['onStep'];
};

/** Parses a target as the API does and checks it; the answer has also the events. */
export const runCheck = async (
  connector: Connector,
  { settings, secrets }: RawTarget,
  { outbound = createOutbound({ allowedHosts: [] }), allow = new Set(), signal, now, onStep }: CheckOptions = {},
): Promise<{ result: CheckResult; events: Parameters<CheckContext['onStep']>[0][] }> => {
  const events: Parameters<CheckContext['onStep']>[0][] = [];
  const { manifest } = connector;
  const target = { settings: manifest.settings.parse(settings), secrets: manifest.secrets.parse(secrets) };
  const result = await connector.check(target, {
    signal: signal ?? new AbortController().signal,
    outbound,
    now: now ?? (() => new Date()),
    allow,
    onStep: (event) => {
      events.push(event);
      onStep?.(event);
    },
  });
  return { result, events };
};

/** The first failed step. */
export const failedStep = (result: CheckResult): CheckStep | undefined =>
  result.steps.find(({ status }) => status === 'failed');
