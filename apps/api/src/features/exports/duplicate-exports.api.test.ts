import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeEntity, makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
/** For admins only. */
let closed: contract.Connection;
let shared: contract.Connection;

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
  closed = await connect(place.asAdmin, params.environmentId, { name: 'Closed store' });
  const sharing = { sharedWith: 'adminsAndContributors' as const };
  shared = await connect(place.asAdmin, params.environmentId, { name: 'Shared store', sharing });
});

type Over = Parameters<typeof makeExport>[2];
const make = (over: Over = {}) => makeExport(house, params.environmentId, { connectionId: shared.id, ...over });
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
const rowsOf = (ids: readonly string[]) =>
  house.db.export.findMany({ where: { id: { in: [...ids] } }, include: { entities: true }, orderBy: { id: 'asc' } });
const told = (id: string) => house.db.activity.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
const plan = { type: 'daily' as const, times: ['08:00'], timeZone: 'UTC' };

describe('duplicating', () => {
  const duplicate = (ids: string[], as = place.asContributor) =>
    as(contract.duplicateExports, { params, body: { exportIds: ids } });
  const namesOf = async (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await house.db.export.findUniqueOrThrow({ where: { id } })).name));

  it('copies definition and connection, with the schedule off and nothing of what happened to the original', async () => {
    const entity = await makeEntity(house, { environmentId: params.environmentId, connectionId: closed.id });
    const original = await make({
      name: 'Customers',
      entities: [{ ...entity, sourceName: 'Closed store' }],
      folder: 'crm',
      plan,
      scheduleOn: true,
      malformedRows: { policy: 'setAside', limit: 9 },
      rowLimits: { minimum: 1, maximum: 2 },
      retention: { keep: 'runs', runs: 3 },
      nextRunAt: house.clock.now(),
      autoPausedAt: house.clock.now(),
      failuresInRow: 5,
      failingSince: house.clock.now(),
      runState: 'failed',
      lastRunAt: house.clock.now(),
      lostConnectionId: newId(),
      removalId: newId(),
      version: 7,
      lostVersion: 7,
    });
    const { body } = await duplicate([original.id]);
    const [copy] = await rowsOf(body.done);
    expect(copy).toMatchObject({
      name: 'Customers (copy)',
      connectionId: shared.id,
      folder: 'crm',
      format: original.format,
      plan,
      scheduleOn: false,
      malformedRows: original.malformedRows,
      rowLimits: original.rowLimits,
      retention: original.retention,
      nextRunAt: null,
      autoPausedAt: null,
      failuresInRow: 0,
      failingSince: null,
      lastRunId: null,
      runState: null,
      lastRunAt: null,
      lostConnectionId: null,
      removalId: null,
      lostVersion: null,
      version: 1,
      createdById: place.contributor.id,
      createdByName: 'Cleo Contributor',
      entities: [{ position: 0, entityId: entity.id, sourceName: 'Closed store', columns: null, filter: null }],
    });
    expect(await told(copy?.id ?? '')).toMatchObject([
      {
        kind: 'export.created',
        subjectName: 'Customers (copy)',
        after: { copyOf: 'Customers', connection: 'Shared store' },
      },
    ]);
  });

  it('counts on where a name is taken, whatever the case', async () => {
    const original = await make({ name: 'Weekly' });
    await make({ name: 'WEEKLY (COPY)' });
    await make({ name: 'weekly (copy 3)' });
    expect(await namesOf((await duplicate([original.id])).body.done)).toEqual(['Weekly (copy 2)']);
    expect(await namesOf((await duplicate([original.id])).body.done)).toEqual(['Weekly (copy 4)']);
    for (let count = 5; count < 12; count += 1) await duplicate([original.id]);
    expect(await namesOf((await duplicate([original.id])).body.done)).toEqual(['Weekly (copy 12)']);
  });

  it('keeps long names within the limit, and those apart that become one', async () => {
    const long = 'n'.repeat(99);
    const ids = idsOf([await make({ name: `${long}1` }), await make({ name: `${long}2` })]);
    const names = await namesOf((await duplicate(ids)).body.done);
    expect(names).toEqual([`${'n'.repeat(93)} (copy)`, `${'n'.repeat(91)} (copy 2)`]);
    for (const name of names) expect(contract.ExportName.parse(name)).toBe(name);
  });

  it('gives two who copy the same one at once a copy each', async () => {
    const original = await make({ name: 'Popular' });
    const replies = await Promise.all(Array.from({ length: 4 }, () => duplicate([original.id])));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const names = await namesOf(replies.flatMap(({ body }) => body.done));
    expect(names.sort()).toEqual(['Popular (copy 2)', 'Popular (copy 3)', 'Popular (copy 4)', 'Popular (copy)']);
  });

  it('of what reads from a removed source is inactive like the original', async () => {
    const entity = await makeEntity(house, { environmentId: params.environmentId, connectionId: closed.id });
    const original = await make({ entities: [entity] });
    await house.db.connection.update({ where: { id: closed.id }, data: { removedAt: house.clock.now() } });
    expect(await rowsOf((await duplicate([original.id])).body.done)).toMatchObject([{ lostEntities: 1 }]);
  });
});
