import type { ExportDeed, Schedule } from '@junction/contracts';
import * as contract from '@junction/contracts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { command, hasExports, idsOf, number, pick, pickExports, several, who } from './command.ts';
import {
  add,
  canRun,
  connect,
  detach,
  drop,
  type Export,
  isUsable,
  type Model,
  may,
  type Person,
  tell,
} from './model.ts';
import type { World } from './world.ts';

type Bulk = {
  verb: string;
  deed: ExportDeed;
  tells: contract.ActivityKind;
  /** Whether it can be done, apart from whether somebody may. */
  isPossible?(model: Model, row: Export): boolean;
  act(model: Model, row: Export): boolean;
};
type BulkEndpoint =
  | typeof contract.detachExports
  | typeof contract.removeExports
  | typeof contract.connectExports
  | typeof contract.scheduleExports
  | typeof contract.runExports;

/** Asks for something with several exports, and expects it to be done with exactly those that the rules allow. */
const inBulk = async (
  model: Model,
  world: World,
  {
    person,
    rows,
    endpoint,
    body,
    refused,
  }: { person: Person; rows: Export[]; endpoint: BulkEndpoint; body: object; refused?: number },
  { deed, tells, act, isPossible = () => true }: Omit<Bulk, 'verb'>,
) => {
  const { status, body: result } = await world.ask(person, endpoint as typeof contract.detachExports, {
    params: { environmentId: world.environmentId },
    body: { exportIds: rows.map(({ id }) => id), ...body },
  });
  expect(status).toBe(person.role === 'viewer' ? 403 : (refused ?? 200));
  if (status !== 200) return;
  const allowed = rows.filter((row) => row.isThere && may(model, person, deed, row) && isPossible(model, row));
  expect(idsOf(allowed)).toEqual([...result.done].sort());
  expect(idsOf(result.refused)).toEqual(idsOf(rows.filter((row) => !allowed.includes(row))));
  tell(model, tells, allowed.filter((row) => act(model, row)).length);
};

const simple = (verb: string, endpoint: BulkEndpoint, bulk: Omit<Bulk, 'verb'>) =>
  fc.tuple(who, several).map(([actor, indexes]) =>
    command(
      `person ${actor} ${verb} exports ${indexes}`,
      (model, world) => {
        const rows = pickExports(model, indexes);
        return inBulk(model, world, { person: pick(model.people, actor), rows, endpoint, body: {} }, bulk);
      },
      hasExports,
    ),
  );

const detaching = simple('detaches', contract.detachExports, {
  deed: 'detach',
  tells: 'export.detached',
  act: (model, row) => {
    detach(model, row);
    return true;
  },
});
const dropping = simple('deletes', contract.removeExports, {
  deed: 'remove',
  tells: 'export.deleted',
  act: (model, row) => {
    drop(model, row);
    return true;
  },
});

const connecting = fc.tuple(who, several, number).map(([actor, indexes, to]) =>
  command(
    `person ${actor} connects exports ${indexes} to ${to}`,
    (model, world) => {
      const [person, target] = [pick(model.people, actor), pick(model.connections, to)];
      const refused = isUsable(model, person, target.id) ? undefined : 409;
      const rows = pickExports(model, indexes);
      const asked = { person, rows, endpoint: contract.connectExports, body: { connectionId: target.id }, refused };
      return inBulk(model, world, asked, {
        deed: 'connect',
        tells: 'export.connected',
        act: (model, row) => {
          if (row.connectionId === target.id) return false;
          connect(model, row, target.id);
          return true;
        },
      });
    },
    hasExports,
  ),
);

const daily: Schedule['plan'] = { type: 'daily', times: ['08:00'], timeZone: 'UTC' };
const scheduling = fc.tuple(who, several, fc.boolean()).map(([actor, indexes, isOn]) =>
  command(
    `person ${actor} schedules exports ${indexes} ${isOn ? 'on' : 'off'}`,
    (model, world) => {
      const rows = pickExports(model, indexes);
      const body = { set: { isOn, plan: daily } };
      const asked = { person: pick(model.people, actor), rows, endpoint: contract.scheduleExports, body };
      return inBulk(model, world, asked, {
        deed: 'schedule',
        tells: 'export.scheduled',
        act: (_model, row) => {
          const schedule = isOn ? 'on' : 'off';
          if (row.schedule === schedule) return false;
          Object.assign(row, { schedule, isUntouched: false });
          return true;
        },
      });
    },
    hasExports,
  ),
);

const running = fc.tuple(who, several).map(([actor, indexes]) =>
  command(
    `person ${actor} runs exports ${indexes}`,
    async (model, world) => {
      const rows = pickExports(model, indexes);
      const refused = model.isPaused ? 409 : undefined;
      const asked = { person: pick(model.people, actor), rows, endpoint: contract.runExports, body: {}, refused };
      const before = rows.filter((row) => row.run?.isLive);
      await inBulk(model, world, asked, {
        deed: 'run',
        tells: 'run.requested',
        isPossible: canRun,
        act: (_model, row) => {
          row.run = { id: '', isLive: true };
          return true;
        },
      });
      for (const row of rows) if (row.run?.isLive && !before.includes(row)) row.run.id = await world.lastRunOf(row.id);
    },
    hasExports,
  ),
);

const duplicating = fc.tuple(who, several).map(([actor, indexes]) =>
  command(
    `person ${actor} duplicates exports ${indexes}`,
    async (model, world) => {
      const [person, rows] = [pick(model.people, actor), pickExports(model, indexes)];
      const { status, body } = await world.ask(person, contract.duplicateExports, {
        params: { environmentId: world.environmentId },
        body: { exportIds: rows.map(({ id }) => id) },
      });
      expect(status).toBe(person.role === 'viewer' ? 403 : 200);
      if (status !== 200) return;
      const allowed = rows.filter((row) => row.isThere && may(model, person, 'duplicate', row));
      expect(body.done).toHaveLength(allowed.length);
      for (const [index, { connectionId, sources, folder, schedule }] of allowed.entries()) {
        const copied = { connectionId, sources, folder, schedule: schedule === 'none' ? schedule : ('off' as const) };
        add(model, { id: body.done[index] ?? '', ...copied });
      }
      tell(model, 'export.created', allowed.length);
    },
    hasExports,
  ),
);

/** What people do with several exports at once. */
export const bulkCommands = [detaching, connecting, scheduling, running, duplicating, dropping];
