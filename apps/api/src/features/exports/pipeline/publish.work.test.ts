import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Interposer, interposed, killer, nobody, sleeper } from '../../../testing/interposed.ts';
import type { RunSteps } from '../../runs/index.ts';
import { createRunSteps } from './index.ts';
import type { RunManifest } from './manifest.ts';
import { readModel } from './model-json.ts';
import type { RunPlan } from './plan.ts';
import { type FolderWorld, openFolderWorld } from './testing/folder-world.ts';
import type { PlaceKind } from './testing/places.ts';
import { endByHand, type HandRun, moveByHand, prepareByHand, startRun } from './testing/run-by-hand.ts';
import { simpleEngine } from './testing/simple-engine.ts';

let world: FolderWorld;
let steps: RunSteps;
let between: Interposer = nobody;
/** A run that is prepared, to make others of. */
let pattern: HandRun;
const open = async (place: PlaceKind) => {
  world = await openFolderWorld({ place, wrap: (connector) => interposed(connector, () => between) });
  steps = createRunSteps({ ...world.house, engine: simpleEngine });
  await world.fill({ Customer: ['1,Ada\n2,Grace,?\n', '3,Joan\n'], Order: ['1,First\n'] });
  const row = await world.makeExport({ malformedRows: { policy: 'setAside', limit: 10 } });
  pattern = await startRun(world.house, row);
  await prepareByHand(world.house, steps, pattern);
  await endByHand(world.house, pattern, 'failed');
};

/** A run that is moved and waits to be published, into a folder that nothing is in or into that of an earlier run. */
const movedRun = async (earlier?: HandRun): Promise<HandRun> => {
  between = nobody;
  const run = await startRun(world.house, {
    ...pattern.task,
    id: pattern.task.subjectId,
    name: pattern.task.subjectName,
  });
  const folder = earlier === undefined ? `Exports/${run.task.id}` : folderOf(earlier);
  run.task.plan = { ...(pattern.task.plan as RunPlan), folder };
  run.task.folderTime = earlier === undefined ? '2026/11/22/1405' : '2026/11/22/1406';
  run.parts = pattern.parts;
  await moveByHand(steps, run);
  return run;
};

const folderOf = ({ task }: HandRun): string => (task.plan as RunPlan).folder;
const publish = (run: HandRun) => steps.publish(run.task, run.moved, run.lease());
const giveUp = (run: HandRun) => steps.giveUp(run.task, run.moved, run.lease());
const clean = async (run: HandRun, isSuccessful: boolean) => {
  await endByHand(world.house, run, isSuccessful ? 'successful' : 'failed');
  await steps.clean({ ...run.task, isSuccessful }, run.lease());
};
/** Has a worker take a step with somebody between it and the place. */
const under = <T>(interposer: Interposer, step: () => Promise<T>): Promise<T> => {
  between = interposer;
  const taking = step();
  return taking;
};

const filesOf = async (run: HandRun): Promise<Record<string, string>> => {
  const top = folderOf(run);
  return Object.fromEntries(
    Object.entries(await world.files(top)).map(([path, text]) => [path.slice(top.length + 1), text]),
  );
};

const expectPublished = async (...runs: [HandRun, ...HandRun[]]) => {
  const files = await filesOf(runs[0]);
  const known = new Set(['model.json']);
  for (const { task } of runs) {
    const path = `_runs/${task.id}/manifest.json`;
    const manifest = JSON.parse(files[path] ?? '{}') as RunManifest;
    expect(manifest).toMatchObject({ state: 'successful', totals: { files: 2, rows: 3, rejectedRows: 1 } });
    for (const { path: written, bytes, sha256 } of [...manifest.parts, ...manifest.rejected]) {
      const content = files[written] ?? '';
      expect(Buffer.byteLength(content)).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      known.add(written);
    }
    known.add(path);
  }
  expect(Object.keys(files).sort()).toEqual([...known].sort());
  expect(readModel(Buffer.from(files['model.json'] ?? ''))?.runId).toBe(runs.at(-1)?.task.id);
};

const expectNothing = async (run: HandRun) => {
  const withdrawal = `_runs/${run.task.id}/manifest.json`;
  const files = await filesOf(run);
  expect(Object.keys(files)).toEqual([withdrawal]);
  expect(JSON.parse(files[withdrawal] ?? '')).toMatchObject({ state: 'withdrawn', runId: run.task.id });
};

/** How many calls publishing makes that nobody disturbs. */
const countCalls = async (step: (run: HandRun) => Promise<unknown>, before?: (run: HandRun) => Promise<unknown>) => {
  const run = await movedRun();
  await before?.(run);
  const { interposer, seen } = killer(0, 'before');
  await under(interposer, () => step(run));
  const { calls } = seen;
  between = nobody;
  await clean(run, false);
  return calls;
};

/** Lakes take longer, so of the calls to them every third is disturbed, unless all are asked for: TEST_POINTS=all. */
const stride = (kind: PlaceKind) => (kind === 'local-folder' || process.env.TEST_POINTS === 'all' ? 1 : 3);

const numbers = (calls: number, every: number) =>
  Array.from({ length: Math.ceil(calls / every) }, (_, index) => 1 + index * every);

/** Where and when a worker is killed; before and after take turns where not all points are tried. */
const points = (calls: number, every: number) =>
  numbers(calls * 2, every).map((number) => ({
    at: Math.ceil(number / 2),
    when: number % 2 === 1 ? ('before' as const) : ('after' as const),
  }));

describe.each<PlaceKind>(['local-folder', 'adls-gen2', 'azure-blob'])('publishing to %s', (kind) => {
  beforeAll(() => open(kind));
  afterAll(() => world.close());

  it('comes to the same however often it is done', async () => {
    const run = await movedRun();
    const first = await publish(run);
    expect(await publish(run)).toEqual(first);
    await clean(run, true);
    await expectPublished(run);
    expect(await publish(run)).toEqual(first);
    await clean(run, true);
    await expectPublished(run);
    expect(run.warnings).toEqual([]);
  });

  it('is completed by somebody else wherever the first one was killed', async () => {
    for (const { at, when } of points(await countCalls(publish), stride(kind))) {
      const run = await movedRun();
      await under(killer(at, when).interposer, () => publish(run)).catch(() => {});
      between = nobody;
      await publish(run);
      await clean(run, true);
      await expectPublished(run);
    }
  });

  it('can be given up wherever it was left: then it is published as a whole, or not at all', async () => {
    const outcomes = new Set<string>();
    for (const { at, when } of points(await countCalls(publish), stride(kind))) {
      const run = await movedRun();
      await under(killer(at, when).interposer, () => publish(run)).catch(() => {});
      between = nobody;
      const published = await giveUp(run);
      await clean(run, published !== undefined);
      if (run.task.fixed === null) expect(await filesOf(run)).toEqual({});
      else if (published) await expectPublished(run);
      else await expectNothing(run);
      outcomes.add(published ? 'published' : 'given up');
    }
    expect(outcomes).toEqual(new Set(['published', 'given up']));
  });

  it('is given up by somebody else wherever the first one who gave it up was killed', async () => {
    const leave = async (run: HandRun) => {
      await under(killer(6, 'after').interposer, () => publish(run)).catch(() => {});
      between = nobody;
    };
    for (const { at, when } of points(await countCalls(giveUp, leave), stride(kind))) {
      const run = await movedRun();
      await leave(run);
      await under(killer(at, when).interposer, () => giveUp(run)).catch(() => {});
      between = nobody;
      expect(await giveUp(run)).toBeUndefined();
      await clean(run, false);
      await expectNothing(run);
    }
  });

  it('is never done by who comes back after it was given up', async () => {
    const calls = await countCalls(publish);
    for (const at of numbers(calls, stride(kind))) {
      const run = await movedRun();
      const { interposer, asleep, wake } = sleeper(at);
      const zombie = under(interposer, () => publish(run).catch((error: unknown) => error));
      await asleep;
      between = nobody;
      const published = await giveUp(run);
      await clean(run, published !== undefined);
      wake();
      const outcome = await zombie;
      await clean(run, published !== undefined);
      if (published) await expectPublished(run);
      else {
        expect(outcome).toBeInstanceOf(Error);
        if (run.task.fixed === null) expect(await filesOf(run)).toEqual({});
        else await expectNothing(run);
      }
    }
  });

  it('changes nothing when who comes back finds it done, and a later run too', async () => {
    const calls = await countCalls(publish);
    for (const at of numbers(calls, stride(kind))) {
      const run = await movedRun();
      const { interposer, asleep, wake } = sleeper(at);
      const zombie = under(interposer, () => publish(run).catch((error: unknown) => error));
      await asleep;
      between = nobody;
      await publish(run);
      await clean(run, true);
      const later = await movedRun(run);
      await publish(later);
      await clean(later, true);
      wake();
      await zombie;
      await clean(run, true);
      await expectPublished(run, later);
    }
  });
});
