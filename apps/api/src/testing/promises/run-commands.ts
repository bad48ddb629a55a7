import * as contract from '@junction/contracts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { command, hasExports, number, pick, pickExport, who } from './command.ts';
import { cancel, canRun, type Export, type Model, may, type Person, tell } from './model.ts';

const runStatus = (model: Model, person: Person, row: Export) => {
  if (person.role === 'viewer') return 403;
  if (model.isPaused) return 409;
  if (!row.isThere) return 404;
  if (person.role !== 'admin' && !may(model, person, 'run', row)) return 403;
  return canRun(model, row) ? 201 : 409;
};

const run = fc.tuple(who, number).map(([actor, index]) =>
  command(
    `person ${actor} runs export ${index}`,
    async (model, world) => {
      const [person, row] = [pick(model.people, actor), pickExport(model, index)];
      const { status, body } = await world.ask(person, contract.runExport, {
        params: { environmentId: world.environmentId, exportId: row.id },
      });
      expect(status).toBe(runStatus(model, person, row));
      if (status !== 201) return;
      row.run = { id: body.id, isLive: true };
      tell(model, 'run.requested');
    },
    hasExports,
  ),
);

const stop = fc.tuple(who, number).map(([actor, index]) =>
  command(
    `person ${actor} cancels the run of export ${index}`,
    async (model, world) => {
      const ran = model.exports.filter((row) => row.run !== null);
      const [person, row] = [pick(model.people, actor), pick(ran, index)];
      const { status, body } = await world.ask(person, contract.cancelRun, {
        params: { environmentId: world.environmentId, runId: row.run?.id ?? '' },
      });
      // Once it is canceled, however that came, there is nothing left that one would need a right for.
      const isAllowed = person.role !== 'viewer' && (!row.run?.isLive || may(model, person, 'run', row));
      expect(status).toBe(isAllowed ? 200 : 403);
      if (status !== 200) return;
      expect(body).toMatchObject({ id: row.run?.id, state: 'canceled' });
      cancel(model, row);
    },
    (model) => model.exports.some((row) => row.run !== null),
  ),
);

const pause = fc.tuple(who, fc.boolean()).map(([actor, isPaused]) =>
  command(`person ${actor} ${isPaused ? 'pauses' : 'resumes'} the environment`, async (model, world) => {
    const person = pick(model.people, actor);
    const { status } = await world.ask(person, contract.updateEnvironment, {
      params: { environmentId: world.environmentId },
      body: { isPaused },
      ifMatch: '*',
    });
    expect(status).toBe(person.role === 'admin' ? 200 : 403);
    if (status !== 200 || model.isPaused === isPaused) return;
    model.isPaused = isPaused;
    tell(model, 'environment.updated');
  }),
);

/** What people do with runs; an environment is not paused as often as one runs something in it. */
export const runCommands = [run, run, run, stop, pause];
