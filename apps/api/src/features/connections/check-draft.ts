import type { Actor, CheckDraft, CheckEvent, CheckResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import { openDraft } from './open-draft.ts';
import { runCheck } from './run-check.ts';

type Needs = Pick<House, 'connectors' | 'clock' | 'outbound' | 'checkLimits' | 'log'>;
type Input = { body: CheckDraft; signal: AbortSignal; tell(event: CheckEvent): void };

/** Verifies settings and secrets that somebody is still typing. Nothing is kept. */
export const checkDraft = async (house: Needs, actor: Actor, { body, signal, tell }: Input): Promise<CheckResult> => {
  const { connector, target } = openDraft(house, body);
  const result = await runCheck(house, connector, target, { personId: actor.id, signal, tell, allow: body.allow });
  tell({ event: 'result', result });
  return result;
};
