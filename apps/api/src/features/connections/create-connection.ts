import type * as contract from '@junction/contracts';
import type { Actor, Connection } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { newId } from '../../platform/ids.ts';
import { retrying } from '../../platform/transactions.ts';
import { byOf } from '../activity/index.ts';
import { connectorOf } from './connector-of.ts';
import { deleteDraft } from './drafts/store.ts';
import { getConnection } from './get-connection.ts';
import { tellHealth } from './health-notices.ts';
import { orNameTaken, requireFreeName } from './names.ts';
import { readProfiles } from './profile-rules.ts';
import { checkFailed, factsAfter, nothingStored, planTarget, withLearned } from './rules.ts';
import { runCheck } from './run-check.ts';
import { newWrappedKey, sealSecrets } from './secrets.ts';
import { readNamedPeople } from './sharing.ts';
import { insertConnection, isEnvironmentGone } from './store.ts';
import { loggedValues, tellActivity } from './tell-activity.ts';

type Needs = Pick<
  House,
  | 'db'
  | 'connectors'
  | 'vault'
  | 'clock'
  | 'outbound'
  | 'checkLimits'
  | 'log'
  | 'env'
  | 'dependents'
  | 'profileData'
  | 'wakeRuns'
>;
type Input = Pick<Asked<typeof contract.createConnection>, 'params' | 'body' | 'from' | 'signal'>;

/**
 * Sets a connection up: verified first, then stored with its secrets sealed. Refused when the check does not pass, unless it is to be saved
 * anyway. With profile data, who may see it and the first import come with it; the draft that it was set up from goes.
 */
export const createConnection = async (
  house: Needs,
  actor: Actor,
  { params: { environmentId }, body, from, signal }: Input,
): Promise<Connection> => {
  const { db, clock, env, profileData } = house;
  const connector = connectorOf(house.connectors, body.type);
  const profiles = readProfiles(connector.manifest, body.profiles);
  const plan = planTarget(connector.manifest, nothingStored, body);
  await requireFreeName(db, environmentId, body.name);
  const target = { settings: plan.settings, secrets: plan.given };
  const result = await runCheck(house, connector, target, { personId: actor.id, signal });
  if (result.outcome !== 'passed' && !body.saveAnyway) throw checkFailed(result);

  const settings = withLearned(connector.manifest, plan.settings, result);
  const now = clock.now();
  const owner = { id: newId(), environmentId };
  const wrappedKey = newWrappedKey(house, owner);
  const facts = factsAfter(
    result,
    { isPaused: false, failuresInRow: 0 },
    { now, probeMinutes: env.JUNCTION_PROBE_MINUTES, random: Math.random() },
  );
  const row = {
    ...owner,
    wrappedKey,
    name: body.name,
    type: body.type,
    settings,
    readsEntities: connector.manifest.entityFolderOf?.(settings) !== undefined,
    sharing: body.sharing,
    secrets: sealSecrets(house, { ...owner, wrappedKey }, plan),
    consentTextVersion: body.consent.textVersion,
    by: byOf(actor),
    now,
    check: { result, facts, trigger: 'setup' as const, by: actor },
  };
  await orNameTaken(
    retrying(db, async (tx) => {
      const people = await readNamedPeople(tx, environmentId, body.sharing);
      await insertConnection(tx, row);
      await tellHealth(tx, row, facts, now);
      await tellActivity(tx, 'connection.created', { actor, address: from.address }, row, {
        after: {
          ...loggedValues({ ...row, sharedWith: body.sharing.sharedWith, people, isPaused: false }),
          type: row.type,
          secretsSet: Object.keys(plan.given),
          consentTextVersion: row.consentTextVersion,
          outcome: result.outcome,
          ...(profiles && { importEveryHours: profiles.everyHours }),
        },
      });
      if (profiles) await profileData.begin(tx, row, profiles, { by: row.by, at: now, from: from.address });
      if (body.draftId !== undefined) await deleteDraft(tx, { environmentId, personId: actor.id, id: body.draftId });
    }),
  ).catch((error: unknown) => {
    throw isEnvironmentGone(error) ? notFound('environment') : error;
  });
  if (profiles) house.wakeRuns();
  return getConnection(house, actor, { params: { environmentId, connectionId: owner.id } });
};
