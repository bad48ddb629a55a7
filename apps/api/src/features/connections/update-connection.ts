import type { Actor, Connection, SharedWith, UpdateConnection } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { From } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { stale } from '../../platform/versions.ts';
import { connectorOf } from './connector-of.ts';
import { getConnection } from './get-connection.ts';
import { orNameTaken, requireFreeName } from './names.ts';
import { checkFailed, factsAfter, type Plan, planTarget, type Values } from './rules.ts';
import { runCheck } from './run-check.ts';
import { openSecrets, sealSecrets } from './secrets.ts';
import { type CheckToKeep, changeConnection, findConnection, type StoredConnection } from './store.ts';
import { storedTarget } from './stored-target.ts';
import { loggedChange, loggedValues, tellActivity } from './tell-activity.ts';
import { toConnection } from './views.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'clock' | 'outbound' | 'checkLimits' | 'log' | 'env'>;
type Input = {
  params: { environmentId: string; connectionId: string };
  body: UpdateConnection;
  expectedVersion: number | 'any';
  from: From;
  signal: AbortSignal;
};

/** What changed settings and secrets come to; undefined when they stay, so that a rename needs neither server nor connector. */
const planChange = ({ connectors }: Needs, row: StoredConnection, { settings, secrets }: UpdateConnection) => {
  if (settings === undefined && secrets === undefined) return undefined;
  const connector = connectorOf(connectors, row.type);
  const plan = planTarget(connector.manifest, storedTarget(row), { settings, secrets });
  return plan.isChanged ? { connector, plan } : undefined;
};

const verify = async (
  house: Needs,
  actor: Actor,
  row: StoredConnection,
  { connector, plan }: NonNullable<ReturnType<typeof planChange>>,
  { isPaused, saveAnyway, signal }: { isPaused: boolean; saveAnyway: boolean; signal: AbortSignal },
): Promise<CheckToKeep> => {
  const secrets = { ...openSecrets(house, row, plan.kept, plan.endpoint), ...plan.given };
  const result = await runCheck(house, connector, { settings: plan.settings, secrets }, { personId: actor.id, signal });
  if (result.outcome !== 'passed' && !saveAnyway) throw checkFailed(result);
  const facts = factsAfter(
    result,
    { isPaused, failuresInRow: 0 },
    { now: house.clock.now(), probeMinutes: house.env.JUNCTION_PROBE_MINUTES, random: Math.random() },
  );
  return { result, facts, trigger: 'edit', by: actor };
};

const secretChanges = (plan: Plan | undefined): Values => {
  const secretsChanged = plan ? [...Object.keys(plan.given), ...plan.dropped] : [];
  return secretsChanged.length > 0 ? { secretsChanged } : {};
};

/**
 * Changes a connection. New settings and secrets are verified first; a new name, another audience or a pause is not, so that a
 * connection whose server is down stays editable. A patch that changes nothing does nothing.
 */
export const updateConnection = async (house: Needs, actor: Actor, input: Input): Promise<Connection> => {
  const { params, body, expectedVersion, from, signal } = input;
  const { db, clock } = house;
  const row = await findConnection(db, params.environmentId, params.connectionId);
  if (row === null) throw notFound('connection');
  if (expectedVersion !== 'any' && expectedVersion !== row.version) throw stale();

  const change = planChange(house, row, body);
  const after = {
    name: body.name ?? row.name,
    sharedWith: body.sharedWith ?? (row.sharedWith as SharedWith),
    isPaused: body.isPaused ?? row.isPaused,
    settings: change?.plan.settings ?? (row.settings as Values),
  };
  const difference = loggedChange(loggedValues(row), loggedValues(after));
  if (change === undefined && Object.keys(difference.after).length === 0) return toConnection(house.connectors, row);
  if (after.name !== row.name) await requireFreeName(db, row.environmentId, after.name, row.id);
  const check =
    change &&
    (await verify(house, actor, row, change, { isPaused: after.isPaused, saveAnyway: body.saveAnyway, signal }));

  const now = clock.now();
  const pause = after.isPaused === row.isPaused ? {} : { nextCheckAt: after.isPaused ? null : now };
  await orNameTaken(
    db.$transaction(async (tx) => {
      const isDone = await changeConnection(tx, row, {
        ...after,
        ...(check ? {} : pause),
        secrets: change ? sealSecrets(house, row, change.plan) : [],
        droppedSecrets: change?.plan.dropped ?? [],
        check,
        now,
      });
      if (!isDone) throw stale();
      await tellActivity(
        tx,
        'connection.updated',
        { actor, address: from.address },
        { ...row, name: after.name },
        {
          before: difference.before,
          after: {
            ...difference.after,
            ...secretChanges(change?.plan),
            ...(check && { outcome: check.result.outcome }),
          },
        },
      );
    }),
  );
  return getConnection(house, actor, { params });
};
