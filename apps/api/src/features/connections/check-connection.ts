import type { Actor, CheckEvent, CheckResult, CheckSaved } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { From } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { checkStored } from './check-stored.ts';
import { connectorOf } from './connector-of.ts';
import { tellHealth } from './health-notices.ts';
import { factsAfter, planTarget } from './rules.ts';
import { runCheck } from './run-check.ts';
import { openKept } from './secrets.ts';
import { findConnection, keepCheck, type StoredConnection } from './store.ts';
import { storedTarget } from './stored-target.ts';
import { tellActivity } from './tell-activity.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'clock' | 'outbound' | 'checkLimits' | 'log' | 'env'>;
type Input = {
  params: { environmentId: string; connectionId: string };
  body: CheckSaved;
  from: From;
  signal: AbortSignal;
  tell(event: CheckEvent): void;
};

/** A check of what a form holds on top of what is stored. Stored secrets are used only where they were given for. */
const checkWithChanges = (house: Needs, actor: Actor, row: StoredConnection, { body, signal, tell }: Input) => {
  const connector = connectorOf(house.connectors, row.type);
  const plan = planTarget(connector.manifest, storedTarget(row), body);
  const secrets = { ...openKept(house, row, plan), ...plan.given };
  const target = { settings: plan.settings, secrets };
  return runCheck(house, connector, target, { personId: actor.id, signal, tell, allow: body.allow });
};

/** A check of what is stored; the result joins the history. */
const checkAndKeep = async (house: Needs, actor: Actor, row: StoredConnection, input: Input): Promise<CheckResult> => {
  const { body, from, signal, tell } = input;
  const result = await checkStored(house, row, { personId: actor.id, signal, tell, allow: body.allow });
  const now = house.clock.now();
  const facts = factsAfter(result, row, {
    now,
    probeMinutes: house.env.JUNCTION_PROBE_MINUTES,
    random: Math.random(),
  });
  await retrying(house.db, async (tx) => {
    if (!(await keepCheck(tx, row, { result, facts, trigger: 'manual', by: actor }))) return;
    if (!row.isPaused) await tellHealth(tx, row, facts, now);
    await tellActivity(tx, 'connection.checked', { actor, address: from.address }, row, {
      after: { outcome: result.outcome },
    });
  });
  return result;
};

/** Verifies a saved connection now. The result is kept, unless the check was about changes that are not saved. */
export const checkConnection = async (house: Needs, actor: Actor, input: Input): Promise<CheckResult> => {
  const { params, body, tell } = input;
  const row = await findConnection(house.db, params.environmentId, params.connectionId);
  if (row === null) throw notFound('connection');
  const isAboutChanges = body.settings !== undefined || body.secrets !== undefined;
  const result = await (isAboutChanges ? checkWithChanges : checkAndKeep)(house, actor, row, input);
  tell({ event: 'result', result });
  return result;
};
