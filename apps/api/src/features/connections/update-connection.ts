import type * as contract from '@junction/contracts';
import type { Actor, Connection, PersonRef, Sharing, UpdateConnection } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { requireVersion, stale } from '../../platform/versions.ts';
import { connectorOf } from './connector-of.ts';
import { getConnection } from './get-connection.ts';
import { tellHealth } from './health-notices.ts';
import { orNameTaken, requireFreeName } from './names.ts';
import { checkFailed, factsAfter, type Plan, planTarget, type Values, withLearned } from './rules.ts';
import { runCheck } from './run-check.ts';
import { keyToSealWith, openKept, sealSecrets } from './secrets.ts';
import { readNamedPeople } from './sharing.ts';
import { type CheckToKeep, changeConnection, findConnection, type StoredConnection } from './store.ts';
import { storedTarget } from './stored-target.ts';
import { loggedChange, loggedValues, tellActivity } from './tell-activity.ts';

type Needs = Pick<
  House,
  'db' | 'connectors' | 'vault' | 'clock' | 'outbound' | 'checkLimits' | 'log' | 'env' | 'dependents' | 'profileData'
>;
type Input = Pick<Asked<typeof contract.updateConnection>, 'params' | 'body' | 'expectedVersion' | 'from' | 'signal'>;

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
  const secrets = { ...openKept(house, row, plan), ...plan.given };
  const result = await runCheck(house, connector, { settings: plan.settings, secrets }, { personId: actor.id, signal });
  if (result.outcome !== 'passed' && !saveAnyway) throw checkFailed(result);
  const facts = factsAfter(
    result,
    { isPaused, failuresInRow: 0 },
    { now: house.clock.now(), probeMinutes: house.env.JUNCTION_PROBE_MINUTES, random: Math.random() },
  );
  return { result, facts, trigger: 'edit', by: actor };
};

const readsEntities = ({ connector, plan }: NonNullable<ReturnType<typeof planChange>>): boolean =>
  connector.manifest.entityFolderOf?.(plan.settings) !== undefined;

const isSameSet = (people: readonly PersonRef[], ids: readonly string[]): boolean =>
  people.length === ids.length && people.every(({ id }) => ids.includes(id));

/** What is asked for, unless it is what is there; who is named counts only while it is shared by name. */
const changedSharing = (row: StoredConnection, wanted: Sharing): Sharing | undefined => {
  const personIds = wanted.sharedWith === 'namedContributors' ? wanted.personIds : [];
  return wanted.sharedWith === row.sharedWith && isSameSet(row.people, personIds)
    ? undefined
    : { ...wanted, personIds };
};

const secretChanges = (plan: Plan | undefined): Values => {
  const secretsChanged = plan ? [...Object.keys(plan.given), ...plan.dropped] : [];
  return secretsChanged.length > 0 ? { secretsChanged } : {};
};

/**
 * Changes a connection. New settings and secrets are verified first; a new name, another audience or a pause is not, so that a
 * connection whose server is down stays editable. A patch that changes nothing does nothing. Verified is what was read: whoever changes
 * the connection meanwhile was faster, and this change is refused as stale even when it asked for no version.
 */
export const updateConnection = async (house: Needs, actor: Actor, input: Input): Promise<Connection> => {
  const { params, body, expectedVersion, from, signal } = input;
  const { db, clock } = house;
  const row = await findConnection(db, params.environmentId, params.connectionId);
  if (row === null) throw notFound('connection');
  requireVersion(expectedVersion, row.version);

  const change = planChange(house, row, body);
  const sharing = body.sharing && changedSharing(row, body.sharing);
  const after = {
    name: body.name ?? row.name,
    sharedWith: sharing?.sharedWith ?? row.sharedWith,
    isPaused: body.isPaused ?? row.isPaused,
    settings: change?.plan.settings ?? (row.settings as Values),
  };
  const isSame = Object.keys(loggedChange(loggedValues(row), loggedValues({ ...row, ...after })).after).length === 0;
  if (change === undefined && sharing === undefined && isSame) return getConnection(house, actor, { params });
  if (after.name !== row.name) await requireFreeName(db, row.environmentId, after.name, row.id);
  const check =
    change &&
    (await verify(house, actor, row, change, { isPaused: after.isPaused, saveAnyway: body.saveAnyway, signal }));

  if (change && check) after.settings = withLearned(change.connector.manifest, change.plan.settings, check.result);
  const now = clock.now();
  const key = change ? keyToSealWith(house, row) : { wrappedKey: row.wrappedKey, isNew: false };
  const pause = after.isPaused === row.isPaused ? {} : { nextCheckAt: after.isPaused ? null : now };
  await orNameTaken(
    retrying(db, async (tx) => {
      const people = sharing ? await readNamedPeople(tx, row.environmentId, sharing, row.people) : row.people;
      const isDone = await changeConnection(tx, row, {
        ...after,
        readsEntities: change ? readsEntities(change) : row.readsEntities,
        sharing,
        ...(check ? {} : pause),
        secrets: change ? sealSecrets(house, { ...row, ...key }, change.plan) : [],
        newKey: key.isNew ? key.wrappedKey : undefined,
        droppedSecrets: change?.plan.dropped ?? [],
        check,
        now,
      });
      if (!isDone) throw stale();
      if (check && !after.isPaused) await tellHealth(tx, { ...row, name: after.name }, check.facts, now);
      const difference = loggedChange(loggedValues(row), loggedValues({ ...after, people }));
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
