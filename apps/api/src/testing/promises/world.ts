import { consentTextVersion } from '@junction/contracts';
import { expect } from 'vitest';
import { newWrappedKey, sealSecrets } from '../../features/connections/secrets.ts';
import { newId } from '../../platform/ids.ts';
import { fakePassword } from '../connections.ts';
import { makePerson } from '../factories.ts';
import type { TestHouse } from '../house.ts';
import type { Ask, Door } from './doors.ts';
import { add, lostSources, type Model, type Person, present, type Sharing } from './model.ts';

/** An environment in which one run of commands happens. */
export type World = {
  environmentId: string;
  ask: Ask;
  /** Lets the time for undoing run out, and the purge do its work. */
  waitForPurge(): Promise<void>;
  /** The last run of an export. */
  lastRunOf(exportId: string): Promise<string>;
  /** Throws unless what is stored is what the model says. */
  compare(model: Model): Promise<void>;
  house: TestHouse;
};

/** Two admins, two contributors and a viewer; every run has the same. */
export const makePeople = async (house: TestHouse): Promise<Person[]> => {
  const roles = [
    ['Ada', 'admin'],
    ['Bo', 'admin'],
    ['Cleo', 'contributor'],
    ['Dan', 'contributor'],
    ['Vic', 'viewer'],
  ] as const;
  return Promise.all(roles.map(async ([name, role]) => ({ id: (await makePerson(house, name)).id, name, role })));
};

/** What a run begins with: a connection of each way of sharing; an export over each, and one without a connection, all of them read from the first two. */
const beginnings = (people: readonly Person[]): Sharing[] => [
  { sharedWith: 'adminsAndContributors', personIds: [] },
  { sharedWith: 'admins', personIds: [] },
  { sharedWith: 'namedContributors', personIds: people.flatMap(({ id, name }) => (name === 'Cleo' ? [id] : [])) },
];

/** A new environment with these people, as rows, and the model of it. */
export const openWorld = async (
  house: TestHouse,
  door: Door,
  people: readonly Person[],
): Promise<{ model: Model; real: World }> => {
  const { db } = house;
  const now = house.clock.now();
  const [owner] = people;
  if (owner === undefined) throw new Error('Nobody is there to own the environment.');
  const environmentId = newId();
  await db.environment.create({ data: { id: environmentId, name: 'Promises', type: 'sandbox', ownerId: owner.id } });
  await db.member.createMany({ data: people.map(({ id, role }) => ({ environmentId, personId: id, role })) });
  const by = { createdById: owner.id, createdByName: owner.name, createdAt: now, updatedAt: now };
  const consent = { consentById: owner.id, consentByName: owner.name, consentAt: now, consentTextVersion };
  const connections = beginnings(people).map((sharing, index) => {
    const id = newId();
    const name = `Lake ${index}`;
    return { id, name, sharing, entityId: newId(), state: 'there' as const, removal: null };
  });
  const keys = connections.map(({ id }) => ({
    connectionId: id,
    wrappedKey: newWrappedKey(house, { id, environmentId }),
  }));
  await db.connection.createMany({
    data: connections.map(({ id, name, sharing: { sharedWith } }) => {
      const settings = { host: 'files.example' };
      return { id, environmentId, name, type: 'fake', settings, sharedWith, lastOutcome: 'passed', ...consent, ...by };
    }),
  });
  await db.connectionKey.createMany({ data: keys });
  const target = { given: { password: fakePassword }, endpoint: 'fake://files.example' };
  await db.connectionSecret.createMany({
    data: keys.flatMap(({ connectionId, wrappedKey }) =>
      sealSecrets(house, { id: connectionId, environmentId, wrappedKey }, target).map((secret) => ({
        ...secret,
        connectionId,
        setAt: now,
      })),
    ),
  });
  await db.connectionShare.createMany({
    data: connections.flatMap(({ id, sharing: { personIds } }) =>
      personIds.map((personId) => ({ connectionId: id, environmentId, personId })),
    ),
  });
  await addEntities(house, environmentId, connections);
  const model: Model = { people, connections, exports: [], removals: 0, isPaused: false, told: {} };
  const sources = connections.slice(0, 2);
  const rows = [...connections, null].map((connection) => ({ id: newId(), connectionId: connection?.id ?? null }));
  await db.export.createMany({
    data: rows.map((row) => {
      const format = { type: 'csv', delimiter: ',', hasHeader: true };
      return { ...row, environmentId, name: `Export ${row.id}`, format, folder: '', scheduleOn: false, ...by };
    }),
  });
  await db.exportEntity.createMany({
    data: rows.flatMap(({ id: exportId }) =>
      sources.map(({ id: connectionId, entityId, name: sourceName }, position) => {
        return { exportId, position, entityId, connectionId, sourceName, name: `Entity ${entityId}` };
      }),
    ),
  });
  for (const row of rows) add(model, { ...row, sources: sources.map(({ id }) => id) });
  const real: World = {
    environmentId,
    house,
    ask: door.ask(environmentId),
    waitForPurge: door.waitForPurge,
    lastRunOf: async (id) => (await db.export.findUniqueOrThrow({ where: { id } })).lastRunId ?? '',
    compare: (expected) => compare(house, environmentId, expected),
  };
  return { model, real };
};

/** Gives connections an entity each, as if their metadata had been read. */
export const addEntities = async (
  { db }: TestHouse,
  environmentId: string,
  sources: readonly { id: string; entityId: string }[],
): Promise<void> => {
  await db.entity.createMany({
    data: sources.map(({ id, entityId }) => ({
      id: entityId,
      environmentId,
      connectionId: id,
      model: 'model.json',
      name: `Entity ${entityId}`,
      columns: [{ name: 'Id', type: 'guid', dataType: 'guid' }],
      partitions: [],
      columnCount: 1,
      partitionCount: 0,
      unknown: {},
    })),
  });
};

type StoredExport = { id: string; connectionId: string | null; lostEntities: number; folder: string; live: number };
type StoredConnection = { id: string; name: string; removed: boolean; sharedWith: string };
const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

const compare = async (house: TestHouse, environmentId: string, model: Model): Promise<void> => {
  const exports = await house.db.$queryRaw<StoredExport[]>`
    SELECT "id"::text AS "id", "connectionId"::text AS "connectionId", "lostEntities", "folder",
           (SELECT count(*)::integer FROM "Run" r WHERE r."subjectId" = x."id" AND r."finishedAt" IS NULL) AS "live"
      FROM "Export" x WHERE "environmentId" = ${environmentId}::uuid ORDER BY "id"`;
  const expected = present(model).map((row) => ({
    id: row.id,
    connectionId: row.connectionId,
    lostEntities: lostSources(model, row),
    folder: row.folder,
    live: row.run?.isLive ? 1 : 0,
  }));
  expect(exports).toEqual(expected.sort(byId));
  const connections = await house.db.$queryRaw<StoredConnection[]>`
    SELECT "id"::text AS "id", "name", "removedAt" IS NOT NULL AS "removed", "sharedWith"
      FROM "Connection" WHERE "environmentId" = ${environmentId}::uuid ORDER BY "id"`;
  const kept = model.connections.filter(({ state }) => state !== 'purged');
  const known = kept.map(({ id, name, state, sharing }) => {
    return { id, name, removed: state === 'removed', sharedWith: sharing.sharedWith };
  });
  expect(connections).toEqual(known.sort(byId));
};
