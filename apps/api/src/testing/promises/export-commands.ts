import type { ExportDeed } from '@junction/contracts';
import * as contract from '@junction/contracts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { command, hasExports, number, pick, pickExport, pickMany, several, who } from './command.ts';
import {
  add,
  type Connection,
  connect,
  drop,
  type Export,
  isUsable,
  type Model,
  may,
  type Person,
  tell,
} from './model.ts';

/** Entities of connections, all of their columns. */
const choicesOf = (sources: readonly Connection[]) => sources.map(({ entityId }) => ({ entityId }));

const define = fc.tuple(who, fc.option(number, { nil: undefined, freq: 6 }), several).map(([actor, to, from]) =>
  command(`person ${actor} defines an export to ${to ?? 'nowhere'} from ${from}`, async (model, world) => {
    const person = pick(model.people, actor);
    const target = to === undefined ? null : pick(model.connections, to);
    const sources = pickMany(model.connections, from);
    const { status, body } = await world.ask(person, contract.createExport, {
      params: { environmentId: world.environmentId },
      body: { name: `Export ${newId()}`, connectionId: target?.id ?? null, entities: choicesOf(sources) },
    });
    const isForbidden = person.role === 'viewer' || (target === null && person.role !== 'admin');
    const areThere = sources.every(({ state }) => state === 'there');
    const canUse = target === null || isUsable(model, person, target.id);
    expect(status).toBe(isForbidden ? 403 : !areThere ? 400 : canUse ? 201 : 409);
    if (status !== 201) return;
    add(model, { id: body.id, connectionId: target?.id ?? null, sources: sources.map(({ id }) => id) });
    tell(model, 'export.created');
  }),
);

const editStatus = (model: Model, person: Person, row: Export, deed: ExportDeed) => {
  if (person.role === 'viewer') return 403;
  if (!row.isThere) return 404;
  return may(model, person, deed, row) ? 200 : 403;
};

const edit = fc.tuple(who, number, number).map(([actor, index, folder]) =>
  command(
    `person ${actor} gives export ${index} the folder ${folder}`,
    async (model, world) => {
      const [person, row] = [pick(model.people, actor), pickExport(model, index)];
      const { status } = await world.ask(person, contract.updateExport, {
        params: { environmentId: world.environmentId, exportId: row.id },
        body: { folder: `folder ${folder}` },
        ifMatch: '*',
      });
      expect(status).toBe(editStatus(model, person, row, 'edit'));
      if (status !== 200 || row.folder === `folder ${folder}`) return;
      Object.assign(row, { folder: `folder ${folder}`, isUntouched: false });
      tell(model, 'export.updated');
    },
    hasExports,
  ),
);

const choose = fc.tuple(who, number, several).map(([actor, index, from]) =>
  command(
    `person ${actor} lets export ${index} read from ${from}`,
    async (model, world) => {
      const [person, row] = [pick(model.people, actor), pickExport(model, index)];
      const sources = pickMany(model.connections, from);
      const { status } = await world.ask(person, contract.updateExport, {
        params: { environmentId: world.environmentId, exportId: row.id },
        body: { entities: choicesOf(sources) },
        ifMatch: '*',
      });
      const right = editStatus(model, person, row, 'edit');
      // What it sends already may stay, whatever became of its source.
      const canBe = sources.every(({ id, state }) => state === 'there' || row.sources.includes(id));
      expect(status).toBe(right === 200 && !canBe ? 400 : right);
      const ids = sources.map(({ id }) => id);
      if (status !== 200 || ids.join() === row.sources.join()) return;
      Object.assign(row, { sources: ids, isUntouched: false });
      tell(model, 'export.updated');
    },
    hasExports,
  ),
);

const repoint = fc.tuple(who, number, number).map(([actor, index, to]) =>
  command(
    `person ${actor} changes export ${index} to connection ${to}`,
    async (model, world) => {
      const [person, row] = [pick(model.people, actor), pickExport(model, index)];
      const target = pick(model.connections, to);
      const { status } = await world.ask(person, contract.updateExport, {
        params: { environmentId: world.environmentId, exportId: row.id },
        body: { connectionId: target.id },
        ifMatch: '*',
      });
      const right = editStatus(model, person, row, 'connect');
      const isSamePlace = row.connectionId === target.id;
      expect(status).toBe(right === 200 && !isSamePlace && !isUsable(model, person, target.id) ? 409 : right);
      if (status !== 200 || isSamePlace) return;
      connect(model, row, target.id);
      tell(model, 'export.connected');
    },
    hasExports,
  ),
);

const deletion = fc.tuple(who, number).map(([actor, index]) =>
  command(
    `person ${actor} deletes export ${index}`,
    async (model, world) => {
      const [person, row] = [pick(model.people, actor), pickExport(model, index)];
      const { status } = await world.ask(person, contract.deleteExport, {
        params: { environmentId: world.environmentId, exportId: row.id },
        ifMatch: '*',
      });
      const right = editStatus(model, person, row, 'remove');
      expect(status).toBe(right === 200 ? 204 : right);
      if (status !== 204) return;
      drop(model, row);
      tell(model, 'export.deleted');
    },
    hasExports,
  ),
);

/** What people do with one export. */
export const exportCommands = [define, edit, edit, choose, repoint, deletion];
