import * as contract from '@junction/contracts';
import { mayUse } from '@junction/contracts';
import { expect } from 'vitest';
import { brokenPromises } from '../races.ts';
import { idsOf, pick } from './command.ts';
import {
  accessOf,
  connectionOf,
  isInactive,
  isThere,
  type Model,
  present,
  readersOf,
  returning,
  writersOf,
} from './model.ts';
import type { World } from './world.ts';

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

/** What everybody sees at the end of a run is what the model says. */
export const expectViews = async (model: Model, { ask, environmentId, house }: World): Promise<void> => {
  const params = { environmentId };
  const page = { maxpagesize: 200 };
  // Both admins see the same.
  for (const person of model.people.slice(1)) {
    const { body } = await ask(person, contract.listExports, { params, query: page });
    const seen = body.value.map(({ id, access, status }) => ({ id, access, isInactive: status === 'inactive' }));
    const expected = present(model).map((row) => {
      return { id: row.id, access: accessOf(model, person, row), isInactive: isInactive(model, row) };
    });
    expect(seen.sort(byId)).toEqual(expected.sort(byId));
    if (person.role === 'viewer') continue;
    const options = await ask(person, contract.listConnectionOptions, { params, query: page });
    const usable = model.connections.filter(({ state, sharing }) => state === 'there' && mayUse(person, sharing));
    expect(idsOf(options.body.value)).toEqual(idsOf(usable));
  }
  const admin = pick(model.people, 0);
  const list = await ask(admin, contract.listConnections, { params, query: page });
  for (const { id, usedBy } of list.body.value) {
    expect(usedBy).toBe(writersOf(model, id).length + readersOf(model, id).length);
  }
  expect(list.body.value.every(({ id }) => isThere(model, id))).toBe(true);
  const removed = await ask(admin, contract.listRemovedConnections, { params, query: page });
  expect(idsOf(removed.body.value)).toEqual(idsOf(model.connections.filter(({ state }) => state === 'removed')));
  for (const { id, exports } of removed.body.value) {
    const connection = connectionOf(model, id);
    expect(exports).toBe(connection ? returning(model, connection).length : undefined);
  }
  expect(await brokenPromises(house, environmentId)).toEqual([]);
  const told = await house.db.activity.groupBy({
    by: ['kind'],
    where: { environmentId, kind: { not: 'access.denied' } },
    _count: true,
  });
  expect(Object.fromEntries(told.map(({ kind, _count }) => [kind, _count]))).toEqual(model.told);
};
