import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runDueExports } from '../features/exports/index.ts';
import type { TestClient } from './client.ts';
import { makeConnection } from './connections.ts';
import { makeEntity, makeExport, newExport } from './exports.ts';
import { makeEnvironment, makePerson, signedIn } from './factories.ts';
import { openTestHouse, type TestHouse } from './house.ts';
import { brokenPromises, fromAnywhere, prepare, type Racers, race, racePairs, toldChanges } from './races.ts';
import { paramsOf, remove, restore } from './removals.ts';
import { makeRun } from './runs.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let asAdmin: TestClient;
let asContributor: TestClient;
beforeAll(async () => {
  house = await openTestHouse({ env: { JUNCTION_TRUSTED_PROXIES: 'loopback' } });
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  [asAdmin, asContributor] = [fromAnywhere(place.asAdmin), fromAnywhere(place.asContributor)];
});

type Row = { id: string; environmentId: string };
type Answer = { status: number; text: string };
type Answers = Answer[];
type BulkAnswer = Answer & { body: contract.BulkResult };
const everybody = { sharedWith: 'adminsAndContributors' };
const inEnvironment = () => ({ environmentId: place.environment.id });
const at = (made: Row) => ({ environmentId: made.environmentId, exportId: made.id });
const addConnection = (over: Parameters<typeof makeConnection>[2] = everybody) =>
  makeConnection(house, place.environment.id, over);
const addExport = (over: Parameters<typeof makeExport>[2]) => makeExport(house, place.environment.id, over);
const addEntity = (source: Row) => makeEntity(house, { ...inEnvironment(), connectionId: source.id });
const choice = ({ id }: { id: string }) => ({ entityId: id });

const raceFor = async <One extends Answer, Other extends Answer>(
  make: (index: number) => Promise<Racers<One, Other>>,
  count = racePairs,
) => race(await prepare(count, make));

/** A removal whose list was loaded and confirmed before the race. */
const confirmed = async (connection: Row, over: Parameters<typeof remove>[2] = {}, client = asAdmin) => {
  const { body } = await client(contract.getConnectionUsage, { params: paramsOf(connection) });
  return () => remove(client, connection, { usage: body.etag, ...over });
};

const told: string[] = [];
beforeEach(() => {
  told.length = 0;
});
/** Notes that a change must be told once, when it was made. */
const telling =
  <Reply extends Answer>(
    kind: contract.ActivityKind,
    id: string | (() => string),
    ask: () => Promise<Reply>,
    isDone = (reply: Reply) => reply.status < 300,
  ) =>
  async () => {
    const reply = await ask();
    if (isDone(reply)) told.push(`${kind} ${typeof id === 'string' ? id : id()}`);
    return reply;
  };

const expectOrder = async (answers: readonly Answers[]) => {
  const failed = answers.flat().filter(({ status }) => status >= 500 || status === 408);
  expect(failed.map(({ text }) => text)).toEqual([]);
  expect(await brokenPromises(house, place.environment.id)).toEqual([]);
  expect(await toldChanges(house, place.environment.id)).toEqual(Object.fromEntries(told.map((key) => [key, 1])));
};
const statuses = (answers: readonly Answers[]) => [
  ...new Set(answers.map((pair) => pair.map(({ status }) => status).join(' '))),
];
/** Each pair ended in one of these ways: the status of the one, then of the other. */
const expectEndings = (answers: readonly Answers[], ...endings: string[]) => {
  expect(statuses(answers).filter((ending) => !endings.includes(ending))).toEqual([]);
};

const removing = async (connection: Row, over?: Parameters<typeof remove>[2], client = asAdmin) =>
  telling('connection.deleted', connection.id, await confirmed(connection, over, client));
const patching = (kind: contract.ActivityKind, made: Row, body: contract.UpdateExport, client = asContributor) =>
  telling(kind, made.id, () => client(contract.updateExport, { params: at(made), body, ifMatch: '*' }));

describe('removing a connection while an export is connected to it', () => {
  const oneWins = ['200 409', '409 200', '409 201'];

  it('by defining it: one of the two wins', async () => {
    const source = await addConnection();
    const entity = await addEntity(source);
    const answers = await raceFor(async () => {
      const connection = await addConnection();
      let id = '';
      const create = async () => {
        const body = newExport(connection.id, [entity.id]);
        const reply = await asContributor(contract.createExport, { params: inEnvironment(), body });
        if (reply.status === 201) id = reply.body.id;
        return reply;
      };
      return [await removing(connection), telling('export.created', () => id, create)];
    });
    expectEndings(answers, ...oneWins);
    await expectOrder(answers);
  });

  it('by connecting it: one of the two wins', async () => {
    const answers = await raceFor(async () => {
      const connection = await addConnection();
      const made = await addExport({});
      const body = { exportIds: [made.id], connectionId: connection.id };
      const connectIt = () => asAdmin(contract.connectExports, { params: inEnvironment(), body });
      return [await removing(connection), telling('export.connected', made.id, connectIt)];
    });
    expectEndings(answers, ...oneWins);
    await expectOrder(answers);
  });

  it('by changing it: one of the two wins', async () => {
    const before = await addConnection();
    const answers = await raceFor(async () => {
      const connection = await addConnection();
      const made = await addExport({ connectionId: before.id });
      return [await removing(connection), patching('export.connected', made, { connectionId: connection.id })];
    });
    expectEndings(answers, ...oneWins);
    await expectOrder(answers);
  });
});

describe('removing a connection while its export', () => {
  it('is edited: no edit is lost, and the undo brings each export back', async () => {
    const made: { connection: Row; id: string }[] = [];
    const answers = await raceFor(async (index) => {
      const connection = await addConnection();
      const row = await addExport({ connectionId: connection.id, runState: 'queued' });
      made[index] = { connection, id: row.id };
      return [await removing(connection), patching('export.updated', row, { folder: 'edited' })];
    });
    // Removed first, it is not theirs to edit any more.
    expectEndings(answers, '200 200', '200 403', '200 412');
    told.push(...made.map(({ id }) => `run.canceled ${id}`));
    await expectOrder(answers);
    for (const [index, { connection, id }] of made.entries()) {
      const row = await house.db.export.findUniqueOrThrow({ where: { id } });
      expect(row).toMatchObject({ connectionId: null, lostConnectionId: connection.id, runState: 'canceled' });
      expect(row.folder).toBe(answers[index]?.[1].status === 200 ? 'edited' : '');
      expect((await restore(asAdmin, connection)).body.reattached.count).toBe(1);
    }
  });

  it('is detached or removed: the one or the other, and what was confirmed is what happens', async () => {
    const answers = await raceFor(async (index) => {
      const connection = await addConnection();
      const row = await addExport({ connectionId: connection.id });
      const body = { exportIds: [row.id] };
      const isDone = (reply: BulkAnswer) => reply.body.done.length === 1;
      const detach = () => asContributor(contract.detachExports, { params: inEnvironment(), body });
      const drop = () => asContributor(contract.removeExports, { params: inEnvironment(), body });
      const change: () => Promise<BulkAnswer> =
        index % 4 < 2
          ? telling('export.detached', row.id, detach, isDone)
          : telling('export.deleted', row.id, drop, isDone);
      return [await removing(connection), change];
    });
    for (const [removal, change] of answers) {
      const [done, removed] = [change.body.done.length === 1, removal.status === 200];
      expect([done, removed]).toEqual([!removed, !done]);
      if (removed) expect(removal.body.inactivated).toBe(1);
    }
    await expectOrder(answers);
  });

  it('stops reading from it: the one or the other first, and it lacks no source that it does not read from', async () => {
    const target = await addConnection();
    const other = await addEntity(target);
    const answers = await raceFor(async () => {
      const source = await addConnection();
      const entity = await addEntity(source);
      const row = await addExport({ connectionId: target.id, entities: [entity, other] });
      return [await removing(source), patching('export.updated', row, { entities: [choice(other)] } as never)];
    });
    expectEndings(answers, '200 200', '409 200');
    await expectOrder(answers);
  });

  it('starts to read from it: one of the two wins', async () => {
    const target = await addConnection();
    const other = await addEntity(target);
    const answers = await raceFor(async () => {
      const source = await addConnection();
      const entity = await addEntity(source);
      const row = await addExport({ connectionId: target.id, entities: [other] });
      const entities = [choice(other), choice(entity)];
      return [await removing(source), patching('export.updated', row, { entities } as never)];
    });
    expectEndings(answers, '200 400', '409 200');
    await expectOrder(answers);
  });
});

describe('removing a connection', () => {
  it('twice: once', async () => {
    const answers = await raceFor(async () => {
      const connection = await addConnection();
      await addExport({ connectionId: connection.id });
      return [await removing(connection), await removing(connection)];
    });
    expectEndings(answers, '200 404', '404 200');
    await expectOrder(answers);
  });

  it('and moving its exports to one that moves its own to this one: one of the two wins', async () => {
    // Each admin may check so many connections in a minute, and each move checks one.
    const count = Math.min(racePairs, 50);
    const answers = await raceFor(async () => {
      const person = await makePerson(house);
      await house.db.member.create({ data: { ...inEnvironment(), personId: person.id, role: 'admin' } });
      const client = fromAnywhere(await signedIn(house, person.id));
      const [one, other] = [await addConnection(), await addConnection()];
      for (const { id: connectionId } of [one, other]) await addExport({ connectionId });
      return [await removing(one, { moveTo: other.id }, client), await removing(other, { moveTo: one.id }, client)];
    }, count);
    expectEndings(answers, '200 409', '409 200', '200 400', '400 200', '200 404', '404 200');
    await expectOrder(answers);
  });

  it('while two of its readers and another source change: every export is right in the end', async () => {
    const target = await addConnection();
    const answers = await raceFor(async () => {
      const [one, other] = [await addConnection(), await addConnection()];
      const entities = [await addEntity(one), await addEntity(other)];
      for (let made = 0; made < 3; made += 1) await addExport({ connectionId: target.id, entities });
      return [await removing(one), await removing(other)];
    });
    expectEndings(answers, '200 200');
    await expectOrder(answers);
    const lacking = await house.db.export.count({ where: { ...inEnvironment(), lostEntities: 2 } });
    expect(lacking).toBe(3 * racePairs);
  });
});

describe('running an export', () => {
  const run = ({ id }: Row, client = asContributor) =>
    telling('run.requested', id, () => client(contract.runExport, { params: { ...inEnvironment(), exportId: id } }));
  /** What the scheduler does; it answers nobody. */
  const schedule = async (): Promise<Answer> => {
    await runDueExports(house, new AbortController().signal);
    return { status: 200, text: '' };
  };
  const due = () => ({ scheduleOn: true, plan: { type: 'interval', everyMinutes: 60 }, nextRunAt: house.clock.now() });
  const runsOf = async () => {
    const rows = await house.db.run.findMany({ where: inEnvironment() });
    return rows.map(({ subjectId, state }) => ({ subjectId, state }));
  };
  /** Each run that there is was canceled, and the log has each once. */
  const expectCanceled = async () => {
    const runs = await runsOf();
    expect(runs.filter(({ state }) => state !== 'canceled')).toEqual([]);
    told.push(...runs.map(({ subjectId }) => `run.canceled ${subjectId}`));
  };

  it('twice at once makes one run', async () => {
    const connection = await addConnection();
    const answers = await raceFor(async () => {
      const row = await addExport({ connectionId: connection.id });
      return [run(row), run(row, asAdmin)];
    });
    expectEndings(answers, '201 409', '409 201');
    await expectOrder(answers);
    expect(await runsOf()).toHaveLength(racePairs);
  });

  it('when its schedule is due makes one run, whoever is first', async () => {
    const connection = await addConnection();
    const answers = await raceFor(async () => {
      const row = await addExport({ connectionId: connection.id, ...due() });
      return [run(row), schedule];
    });
    expectEndings(answers, '201 200', '409 200');
    await expectOrder(answers);
    expect(await runsOf()).toHaveLength(racePairs);
  });

  it('while its connection is removed: the run is canceled or never asked for', async () => {
    const answers = await raceFor(async () => {
      const connection = await addConnection();
      return [run(await addExport({ connectionId: connection.id })), await removing(connection)];
    });
    expectEndings(answers, '201 200', '403 200', '412 200');
    expect(await runsOf()).toHaveLength(answers.filter(([{ status }]) => status === 201).length);
    await expectCanceled();
    await expectOrder(answers);
  });

  it('while its source is removed: the run is canceled or never asked for', async () => {
    const target = await addConnection();
    const answers = await raceFor(async () => {
      const source = await addConnection();
      const row = await addExport({ connectionId: target.id, entities: [await addEntity(source)] });
      return [run(row), await removing(source)];
    });
    expectEndings(answers, '201 200', '409 200');
    await expectCanceled();
    await expectOrder(answers);
  });

  it('by schedule while its connection is removed: no run is left', async () => {
    const answers = await raceFor(async () => {
      const connection = await addConnection();
      await addExport({ connectionId: connection.id, ...due() });
      return [schedule, await removing(connection)];
    });
    expectEndings(answers, '200 200');
    await expectCanceled();
    await expectOrder(answers);
  });

  it('while it is removed: the run is canceled or never asked for', async () => {
    const connection = await addConnection();
    const answers = await raceFor(async () => {
      const row = await addExport({ connectionId: connection.id });
      const drop = () => asAdmin(contract.deleteExport, { params: at(row), ifMatch: '*' });
      return [run(row), telling('export.deleted', row.id, drop)];
    });
    expectEndings(answers, '201 204', '404 204');
    await expectCanceled();
    await expectOrder(answers);
  });

  it('while its run is canceled and its connection taken away: canceled once', async () => {
    const answers = await raceFor(async () => {
      const connection = await addConnection();
      const row = await addExport({ connectionId: connection.id });
      const { id: runId } = await makeRun(house, row, 'processing');
      const cancel = () => asAdmin(contract.cancelRun, { params: { ...inEnvironment(), runId } });
      const body = { exportIds: [row.id] };
      const detach = () => asContributor(contract.detachExports, { params: inEnvironment(), body });
      return [cancel, telling('export.detached', row.id, detach)];
    });
    expectEndings(answers, '200 200');
    await expectCanceled();
    await expectOrder(answers);
  });
});

describe('undoing a removal', () => {
  it('while its export is connected elsewhere: that is where it ends, whichever comes first', async () => {
    const elsewhere = await addConnection();
    const ids: string[] = [];
    const answers = await raceFor(async (index) => {
      const connection = await addConnection();
      const row = await addExport({ connectionId: connection.id });
      ids[index] = row.id;
      await (await removing(connection))();
      const body = { exportIds: [row.id], connectionId: elsewhere.id };
      const connectIt = () => asContributor(contract.connectExports, { params: inEnvironment(), body });
      const isDone = (reply: BulkAnswer) => reply.body.done.length === 1;
      const undo = telling('connection.restored', connection.id, () => restore(asAdmin, connection));
      return [undo, telling('export.connected', row.id, connectIt, isDone)];
    });
    expectEndings(answers, '200 200');
    for (const [index, [undone, connected]] of answers.entries()) {
      expect(undone.body.reattached.count + undone.body.left.count).toBe(1);
      expect(connected.body.refused).toEqual([]);
      const { connectionId } = await house.db.export.findUniqueOrThrow({ where: { id: ids[index] ?? '' } });
      expect(connectionId).toBe(elsewhere.id);
    }
    await expectOrder(answers);
  });

  it('twice: once', async () => {
    const answers = await raceFor(async () => {
      const connection = await addConnection();
      await addExport({ connectionId: connection.id });
      await (await removing(connection))();
      const undo = () => telling('connection.restored', connection.id, () => restore(asAdmin, connection));
      return [undo(), undo()];
    });
    expectEndings(answers, '200 404', '404 200');
    await expectOrder(answers);
  });

  it('while what reads from it changes: it lacks no source that is there', async () => {
    const target = await addConnection();
    const answers = await raceFor(async () => {
      const [source, gone] = [await addConnection(), await addConnection()];
      const entities = [await addEntity(source), await addEntity(gone)];
      const row = await addExport({ connectionId: target.id, entities });
      for (const connection of [source, gone]) await (await removing(connection))();
      const kept = { entities: entities.slice(0, 1).map(choice) };
      const undo = () => restore(asAdmin, source);
      return [telling('connection.restored', source.id, undo), patching('export.updated', row, kept as never)];
    });
    expectEndings(answers, '200 200');
    await expectOrder(answers);
  });
});

describe('taking a right back while it is used', () => {
  /** Nothing that was done comes after what forbade it. */
  const expectDoneBefore = async (answers: readonly Answers[], ids: readonly { forbidden: string; done: string }[]) => {
    for (const [index, { forbidden, done }] of ids.entries()) {
      if (answers[index]?.[1]?.status !== 200) continue;
      const rows = await house.db.activity.findMany({
        where: { ...inEnvironment(), subjectId: { in: [forbidden, done] } },
        orderBy: { id: 'asc' },
      });
      expect(rows.map(({ subjectId }) => subjectId)).toEqual([done, forbidden]);
    }
  };

  it('by taking the share back: an edit comes before that or not at all', async () => {
    const ids: { forbidden: string; done: string }[] = [];
    const answers = await raceFor(async (index) => {
      const connection = await addConnection();
      const row = await addExport({ connectionId: connection.id });
      ids[index] = { forbidden: connection.id, done: row.id };
      const body = { sharing: { sharedWith: 'admins' as const } };
      const unshare = () => asAdmin(contract.updateConnection, { params: paramsOf(connection), body, ifMatch: '*' });
      return [
        telling('connection.updated', connection.id, unshare),
        patching('export.updated', row, { folder: 'edited' }),
      ];
    });
    expectEndings(answers, '200 200', '200 403');
    await expectDoneBefore(answers, ids);
    await expectOrder(answers);
  });

  it('by making somebody a viewer: what they do comes before that or not at all', async () => {
    const connection = await addConnection();
    const entity = await addEntity(connection);
    const answers = await raceFor(async (index) => {
      const person = await makePerson(house);
      await house.db.member.create({ data: { ...inEnvironment(), personId: person.id, role: 'contributor' } });
      const client = fromAnywhere(await signedIn(house, person.id));
      const params = { ...inEnvironment(), memberId: person.id };
      const demote = () => asAdmin(contract.updateMember, { params, body: { role: 'viewer' }, ifMatch: '*' });
      const row = await addExport({ connectionId: connection.id });
      let id = '';
      const create = async () => {
        const body = newExport(connection.id, [entity.id]);
        const reply = await client(contract.createExport, { params: inEnvironment(), body });
        if (reply.status === 201) id = reply.body.id;
        return reply;
      };
      const change: () => Promise<Answer> =
        index % 4 < 2
          ? patching('export.updated', row, { folder: 'edited' }, client)
          : telling('export.created', () => id, create);
      return [telling('member.updated', person.id, demote), change];
    });
    expectEndings(answers, '200 200', '200 201', '200 403');
    await expectOrder(answers);
  });
});
