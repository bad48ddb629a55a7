import * as contract from '@junction/contracts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { newConnection } from '../connections.ts';
import {
  at,
  bodyOf,
  command,
  idsOf,
  isSame,
  number,
  pick,
  pickIn,
  pickMany,
  several,
  shared,
  sharingOf,
  who,
} from './command.ts';
import {
  isNameTaken,
  lostSources,
  present,
  readersOf,
  remove,
  restore,
  returning,
  staying,
  tell,
  writersOf,
} from './model.ts';
import { addEntities } from './world.ts';

const create = fc.tuple(who, fc.nat({ max: 5 }), shared).map(([actor, name, sharing]) =>
  command(`person ${actor} sets "Lake ${name}" up for ${sharing}`, async (model, world) => {
    const person = pick(model.people, actor);
    const wanted = sharingOf(model, sharing);
    const { status, body } = await world.ask(person, contract.createConnection, {
      params: { environmentId: world.environmentId },
      body: newConnection({ name: `Lake ${name}`, sharing: bodyOf(wanted) }),
    });
    const expected = person.role !== 'admin' ? 403 : isNameTaken(model, `Lake ${name}`) ? 409 : 201;
    expect(status).toBe(expected);
    if (status !== 201) return;
    const made = { id: body.id, entityId: newId(), sharing: wanted, state: 'there' as const, removal: null };
    model.connections.push({ ...made, name: `Lake ${name}` });
    tell(model, 'connection.created');
    await addEntities(world.house, world.environmentId, [made]);
  }),
);

const share = fc.tuple(who, number, shared).map(([actor, index, sharing]) =>
  command(`person ${actor} shares connection ${index} with ${sharing}`, async (model, world) => {
    const [person, connection] = [pick(model.people, actor), pick(model.connections, index)];
    const wanted = sharingOf(model, sharing);
    const { status } = await world.ask(person, contract.updateConnection, {
      params: at(world, connection),
      body: { sharing: bodyOf(wanted) },
      ifMatch: '*',
    });
    expect(status).toBe(person.role !== 'admin' ? 403 : connection.state === 'there' ? 200 : 404);
    if (status !== 200 || isSame(connection.sharing, wanted)) return;
    connection.sharing = wanted;
    tell(model, 'connection.updated');
  }),
);

const shareMany = fc.tuple(who, several, shared).map(([actor, indexes, sharing]) =>
  command(`person ${actor} shares connections ${indexes} with ${sharing}`, async (model, world) => {
    const [person, connections] = [pick(model.people, actor), pickMany(model.connections, indexes)];
    const wanted = sharingOf(model, sharing);
    const { status, body } = await world.ask(person, contract.shareConnections, {
      params: { environmentId: world.environmentId },
      body: { connectionIds: idsOf(connections), sharing: bodyOf(wanted) },
    });
    const areThere = connections.every(({ state }) => state === 'there');
    expect(status).toBe(person.role !== 'admin' ? 403 : areThere ? 200 : 400);
    if (status !== 200) return;
    const changed = connections.filter((connection) => !isSame(connection.sharing, wanted));
    expect(body.changed).toBe(changed.length);
    for (const connection of changed) connection.sharing = wanted;
    tell(model, 'connection.updated', changed.length);
  }),
);

const removal = fc
  .tuple(who, number, fc.option(number, { nil: undefined }), fc.nat({ max: 9 }))
  .map(([actor, index, to, old]) => {
    const isStale = old === 9;
    const moving = to === undefined ? '' : ` and moves its exports to ${to}`;
    const label = `person ${actor} removes connection ${index}${moving}${isStale ? ', by an old list' : ''}`;
    return command(label, async (model, world) => {
      const [person, connection] = [pick(model.people, actor), pickIn(model.connections, 'there', index)];
      const successor = to === undefined ? undefined : pick(model.connections, to);
      const params = at(world, connection);
      const usage = await world.ask(person, contract.getConnectionUsage, { params });
      const seen = person.role !== 'admin' ? 403 : connection.state === 'there' ? 200 : 404;
      expect(usage.status).toBe(seen);
      const [writers, readers] = [writersOf(model, connection.id), readersOf(model, connection.id)];
      const reading = [...readers, ...writers.filter(({ sources }) => sources.includes(connection.id))];
      if (seen === 200) {
        const { counts, value } = usage.body;
        expect(counts).toMatchObject({ writes: writers.length, reads: readers.length });
        expect(idsOf(value.filter(({ kind }) => kind !== 'entity'))).toEqual(idsOf([...writers, ...readers]));
      }
      const { status, body } = await world.ask(person, contract.deleteConnection, {
        params,
        query: {
          usage: isStale ? 'an older one' : (usage.body?.etag ?? ''),
          moveTo: successor?.id,
          confirmName: connection.name,
        },
        ifMatch: '*',
      });
      const cannotMove = successor !== undefined && (successor === connection || successor.state !== 'there');
      expect(status).toBe(seen !== 200 ? seen : cannotMove ? 400 : isStale ? 409 : 200);
      if (status !== 200) return;
      // What was shown is what happened.
      const without = successor ? reading : readers;
      expect(body).toMatchObject({
        inactivated: successor ? 0 : usage.body.counts.writes,
        moved: successor ? usage.body.counts.writes : 0,
        withoutSource: without.length,
      });
      const live = [...writers, ...readers].filter(({ run }) => run?.isLive);
      expect([usage.body.liveRuns, body.canceledRuns]).toEqual([live.length, live.length]);
      remove(model, connection, successor);
      tell(model, 'connection.deleted');
    });
  });

const undo = fc.tuple(who, number, fc.boolean()).map(([actor, index, isRenamed]) =>
  command(
    `person ${actor} restores connection ${index}${isRenamed ? ' under a new name' : ''}`,
    async (model, world) => {
      const [person, connection] = [pick(model.people, actor), pickIn(model.connections, 'removed', index)];
      const name = isRenamed ? `Restored ${model.removals} ${index}` : connection.name;
      const { status, body } = await world.ask(person, contract.restoreConnection, {
        params: at(world, connection),
        body: isRenamed ? { name } : {},
      });
      const isKept = connection.state === 'removed';
      expect(status).toBe(person.role !== 'admin' ? 403 : !isKept ? 404 : isNameTaken(model, name) ? 409 : 200);
      if (status !== 200) return;
      expect(idsOf(body.reattached.value)).toEqual(idsOf(returning(model, connection)));
      expect(idsOf(body.left.value)).toEqual(idsOf(staying(model, connection)));
      restore(model, connection, name);
      const reading = present(model).filter(({ sources }) => sources.includes(connection.id));
      expect(body.withSource).toBe(reading.filter((row) => lostSources(model, row) === 0).length);
      tell(model, 'connection.restored');
    },
  ),
);

const purge = fc.constant(null).map(() =>
  command(
    'the time for undoing runs out',
    async (model, world) => {
      await world.waitForPurge();
      const over = model.connections.filter(({ state }) => state === 'removed');
      for (const connection of over) connection.state = 'purged';
      tell(model, 'connection.key-destroyed', over.length);
      tell(model, 'connection.purged', over.length);
    },
    (model) => model.connections.some(({ state }) => state === 'removed'),
  ),
);

/** What people do with connections; what matters most comes up more often. */
export const connectionCommands = [create, share, shareMany, removal, removal, removal, undo, undo, undo, purge];
