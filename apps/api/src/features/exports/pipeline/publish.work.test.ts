import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSteps } from '../../runs/index.ts';
import { createRunSteps } from './index.ts';
import type { RunManifest } from './manifest.ts';
import { readModel } from './model-json.ts';
import { type FolderWorld, openFolderWorld } from './testing/folder-world.ts';
import { type Interposer, interposed, killer, nobody, sleeper } from './testing/interposed.ts';
import { endByHand, type HandRun, moveByHand, prepareByHand, runByHand, startRun } from './testing/run-by-hand.ts';
import { simpleEngine } from './testing/simple-engine.ts';

let world: FolderWorld;
let steps: RunSteps;
let between: Interposer = nobody;
beforeAll(async () => {
  world = await openFolderWorld({ wrap: (connector) => interposed(connector, () => between) });
  steps = createRunSteps({ ...world.house, engine: simpleEngine });
  await world.fill({ Customer: ['1,Ada\n2,Grace,?\n', '3,Joan\n'], Order: ['1,First\n'] });
});
afterAll(() => world.close());

type ExportRow = Awaited<ReturnType<FolderWorld['makeExport']>>;

/** A run that is moved and waits to be published. */
const movedRun = async (row: ExportRow): Promise<HandRun> => {
  between = nobody;
  const run = await startRun(world.house, row);
  await prepareByHand(world.house, steps, run);
  await moveByHand(steps, run);
  return run;
};

const newRow = () => world.makeExport({ malformedRows: { policy: 'setAside', limit: 10 } });
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

const filesOf = async (row: ExportRow): Promise<Record<string, string>> => {
  const top = `Junction_${world.environmentId}/${row.name}/`;
  const all = Object.entries(await world.files()).filter(([path]) => path.startsWith(top));
  return Object.fromEntries(all.map(([path, text]) => [path.slice(top.length), text]));
};

const expectPublished = async (row: ExportRow, ...runs: HandRun[]) => {
  const files = await filesOf(row);
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

const expectNothing = async (row: ExportRow, run: HandRun) => {
  const withdrawal = `_runs/${run.task.id}/manifest.json`;
  const files = await filesOf(row);
  expect(Object.keys(files)).toEqual([withdrawal]);
  expect(JSON.parse(files[withdrawal] ?? '')).toMatchObject({ state: 'withdrawn', runId: run.task.id });
};

/** How many calls publishing makes that nobody disturbs. */
const countCalls = async (step: (run: HandRun) => Promise<unknown>, before?: (run: HandRun) => Promise<unknown>) => {
  const run = await movedRun(await newRow());
  await before?.(run);
  const { interposer, seen } = killer(0, 'before');
  await under(interposer, () => step(run));
  between = nobody;
  return seen.calls;
};

const points = async (calls: number) =>
  Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) => [
    { at, when: 'before' as const },
    { at, when: 'after' as const },
  ]);

describe('publishing', () => {
  it('comes to the same however often it is done', async () => {
    const row = await newRow();
    const run = await movedRun(row);
    const first = await publish(run);
    expect(await publish(run)).toEqual(first);
    await clean(run, true);
    await expectPublished(row, run);
    expect(await publish(run)).toEqual(first);
    await clean(run, true);
    await expectPublished(row, run);
    expect(run.warnings).toEqual([]);
  });

  it('is completed by somebody else wherever the first one was killed', async () => {
    for (const { at, when } of await points(await countCalls(publish))) {
      const row = await newRow();
      const run = await movedRun(row);
      await under(killer(at, when).interposer, () => publish(run)).catch(() => {});
      between = nobody;
      await publish(run);
      await clean(run, true);
      await expectPublished(row, run);
    }
  });

  it('can be given up wherever it was left: then it is published as a whole, or not at all', async () => {
    const outcomes = new Set<string>();
    for (const { at, when } of await points(await countCalls(publish))) {
      const row = await newRow();
      const run = await movedRun(row);
      await under(killer(at, when).interposer, () => publish(run)).catch(() => {});
      between = nobody;
      const published = await giveUp(run);
      await clean(run, published !== undefined);
      if (run.task.fixed === null) expect(await filesOf(row)).toEqual({});
      else if (published) await expectPublished(row, run);
      else await expectNothing(row, run);
      outcomes.add(published ? 'published' : 'given up');
    }
    expect(outcomes).toEqual(new Set(['published', 'given up']));
  });

  it('is given up by somebody else wherever the first one who gave it up was killed', async () => {
    const leave = async (run: HandRun) => {
      await under(killer(6, 'after').interposer, () => publish(run)).catch(() => {});
      between = nobody;
    };
    for (const { at, when } of await points(await countCalls(giveUp, leave))) {
      const row = await newRow();
      const run = await movedRun(row);
      await leave(run);
      await under(killer(at, when).interposer, () => giveUp(run)).catch(() => {});
      between = nobody;
      expect(await giveUp(run)).toBeUndefined();
      await clean(run, false);
      await expectNothing(row, run);
    }
  });

  it('is never done by who comes back after it was given up', async () => {
    const calls = await countCalls(publish);
    for (let at = 1; at <= calls; at += 1) {
      const row = await newRow();
      const run = await movedRun(row);
      const { interposer, asleep, wake } = sleeper(at);
      const zombie = under(interposer, () => publish(run).catch((error: unknown) => error));
      await asleep;
      between = nobody;
      const published = await giveUp(run);
      await clean(run, published !== undefined);
      wake();
      const outcome = await zombie;
      await clean(run, published !== undefined);
      if (published) await expectPublished(row, run);
      else {
        expect(outcome).toBeInstanceOf(Error);
        if (run.task.fixed === null) expect(await filesOf(row)).toEqual({});
        else await expectNothing(row, run);
      }
    }
  });

  it('changes nothing when who comes back finds it done, and a later run too', async () => {
    const calls = await countCalls(publish);
    for (let at = 1; at <= calls; at += 1) {
      const row = await newRow();
      const run = await movedRun(row);
      const { interposer, asleep, wake } = sleeper(at);
      const zombie = under(interposer, () => publish(run).catch((error: unknown) => error));
      await asleep;
      between = nobody;
      await publish(run);
      await clean(run, true);
      const later = await runByHand(world.house, steps, row);
      wake();
      await zombie;
      await clean(run, true);
      await expectPublished(row, run, later);
    }
  });
});
