import type { Actor, CheckDraft, CheckEvent, CheckResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import { connectorOf } from './connector-of.ts';
import { nothingStored, planTarget } from './rules.ts';
import { runCheck } from './run-check.ts';

type Needs = Pick<House, 'connectors' | 'clock' | 'outbound' | 'checkLimits' | 'log'>;
type Input = { body: CheckDraft; signal: AbortSignal; tell(event: CheckEvent): void };

/** Verifies settings and secrets that somebody is still typing. Nothing is kept. */
export const checkDraft = async (house: Needs, actor: Actor, { body, signal, tell }: Input): Promise<CheckResult> => {
  const connector = connectorOf(house.connectors, body.type);
  const plan = planTarget(connector.manifest, nothingStored, body);
  const target = { settings: plan.settings, secrets: plan.given };
  const result = await runCheck(house, connector, target, { personId: actor.id, signal, tell, allow: body.allow });
  tell({ event: 'result', result });
  return result;
};
