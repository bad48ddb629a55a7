import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RunManifest } from '../../features/exports/pipeline/manifest.ts';
import { judge, type RunFacts, type World } from './judge.ts';

const rows = { Customer: ['1,Ada', '2,Grace'], Order: ['1,First'] };
const top = 'exports/Junction_1/Daily';
const first = 'Customer/2026/11/22/1405/Customer_1.csv';

type Entry = RunManifest['parts'][number];
type Mutable = Omit<World, 'runs' | 'told' | 'files' | 'accepted'> & {
  runs: RunFacts[];
  told: { kind: string; after: unknown }[];
  files: Map<string, Buffer>;
  accepted: Map<string, number>;
};

const manifestPath = (runId: string) => `${top}/_runs/${runId}/manifest.json`;
const entryOf = (entity: string, path: string, content: Buffer): Entry => ({
  entity,
  path,
  rows: content.toString().split('\n').length - 2,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  sources: [],
});

/** A file of these rows, and how a manifest tells of it. */
const write = (world: Mutable, entity: string, path: string, lines: readonly string[]): Entry => {
  const content = Buffer.from(`Id,Name\n${lines.map((line) => `${line}\n`).join('')}`);
  world.files.set(`${top}/${path}`, content);
  return entryOf(entity, path, content);
};

const publish = (world: Mutable, runId: string, parts: readonly Entry[]) =>
  world.files.set(manifestPath(runId), Buffer.from(JSON.stringify({ state: 'successful', runId, parts })));

const run = (id: string, state: string): RunFacts => ({
  id,
  subjectId: 'daily',
  state,
  finishedAt: new Date(),
  cleanAt: null,
  leaseUntil: null,
  worker: null,
  parts: [{ leaseUntil: null }],
  events: ['queued', 'started', state, 'cleaned'].map((kind) => ({ kind, problem: null })),
});

const tell = (world: Mutable, id: string, state: string) => {
  for (const kind of ['run.requested', `run.${state}`]) world.told.push({ kind, after: { run: id } });
};

/** An export that ran three times: published, given up, canceled. */
const goodWorld = (): Mutable => {
  const world: Mutable = {
    rows,
    runs: [run('a', 'successful'), run('b', 'failed'), run('c', 'canceled')],
    told: [],
    files: new Map(),
    accepted: new Map([['daily', 3]]),
  };
  for (const { id, state } of world.runs) tell(world, id, state);
  publish(world, 'a', [
    write(world, 'Customer', first, rows.Customer),
    write(world, 'Order', 'Order/2026/11/22/1405/Order_1.csv', rows.Order),
  ]);
  world.files.set(manifestPath('b'), Buffer.from(JSON.stringify({ state: 'withdrawn', runId: 'b' })));
  world.files.set(`${top}/model.json`, Buffer.from('{"runId":"a"}'));
  return world;
};

const manifestOf = (world: Mutable, runId: string) =>
  JSON.parse(world.files.get(manifestPath(runId))?.toString() ?? '') as RunManifest;
/** Writes a file of the published run anew, and its manifest to match. */
const rewrite = (world: Mutable, lines: readonly string[]) => {
  const { parts } = manifestOf(world, 'a');
  const entry = write(world, 'Customer', first, lines);
  publish(
    world,
    'a',
    parts.map((part) => (part.path === first ? entry : part)),
  );
};
const change = (world: Mutable, id: string, changes: Partial<RunFacts>) => {
  world.runs = world.runs.map((one) => (one.id === id ? { ...one, ...changes } : one));
};

describe('the judge', () => {
  it('has nothing to say where everything holds', () => {
    expect(judge(goodWorld())).toEqual([]);
  });

  it.each<[string, (world: Mutable) => void, string]>([
    ['a row that is missing', (world) => rewrite(world, ['1,Ada']), 'other rows of Customer: -1 2,Grace'],
    ['a row that is there twice', (world) => rewrite(world, [...rows.Customer, '1,Ada']), '+1 1,Ada'],
    ['a row that is another', (world) => rewrite(world, ['1,Ada', '2,Joan']), '-1 2,Grace; +1 2,Joan'],
    ['a file that is missing', (world) => world.files.delete(`${top}/${first}`), `Run a lacks ${first}`],
    [
      'a file that is another than its manifest says',
      (world) => world.files.set(`${top}/${first}`, Buffer.from('Id,Name\n2,Grace\n1,Ada\n')),
      'another hash',
    ],
    [
      'rows that its manifest counts otherwise',
      (world) => {
        const { parts } = manifestOf(world, 'a');
        publish(
          world,
          'a',
          parts.map((part) => ({ ...part, rows: part.rows + 1 })),
        );
      },
      'other numbers',
    ],
    [
      'a part that its manifest leaves out',
      (world) => {
        publish(world, 'a', manifestOf(world, 'a').parts.slice(0, 1));
      },
      'other rows of Order: -1 1,First',
    ],
    [
      'a part that its manifest names twice',
      (world) => {
        const { parts } = manifestOf(world, 'a');
        publish(world, 'a', [...parts, ...parts.slice(0, 1)]);
      },
      'of run a and of run a',
    ],
    [
      'a second manifest of a run',
      (world) => {
        world.files.set(`exports/Junction_1/Other/_runs/a/manifest.json`, world.files.get(manifestPath('a')) as Buffer);
      },
      'Run a is published twice',
    ],
    [
      'a manifest that is another run’s',
      (world) => {
        world.files.set(manifestPath('b'), Buffer.from(JSON.stringify({ state: 'withdrawn', runId: 'x' })));
      },
      'is of run x',
    ],
    [
      'files that two runs have published',
      (world) => {
        world.runs.push(run('d', 'successful'));
        tell(world, 'd', 'successful');
        publish(world, 'd', manifestOf(world, 'a').parts);
      },
      'is of run a and of run d',
    ],
    ['no manifest', (world) => world.files.delete(manifestPath('a')), 'Run a is successful and not published'],
    [
      'a withdrawal of what was successful',
      (world) => world.files.set(manifestPath('a'), world.files.get(manifestPath('b')) as Buffer),
      'Run a is successful and withdrawn',
    ],
    [
      'a run that was canceled and is published',
      (world) => publish(world, 'c', []),
      'Run c is published and not successful',
    ],
    [
      'a file that is in no manifest',
      (world) => world.files.set(`${top}/_staging/a/parts/1-1.csv`, Buffer.from('')),
      '_staging/a/parts/1-1.csv is in no manifest',
    ],
    [
      'a model of another run',
      (world) => world.files.set(`${top}/model.json`, Buffer.from('{"runId":"z"}')),
      'is not of its last run a',
    ],
    [
      'a run that does not end',
      (world) => change(world, 'c', { state: 'processing', finishedAt: null }),
      'Run c is processing and not over',
    ],
    ['a run that nobody has kept', (world) => world.runs.pop(), '3 runs of export daily were accepted, and 2'],
    [
      'a run that ended twice',
      (world) => change(world, 'b', { events: ['failed', 'canceled'].map((kind) => ({ kind, problem: null })) }),
      'its history says failed,canceled',
    ],
    ['a run that ended without a word', (world) => change(world, 'b', { events: [] }), 'its history says nothing'],
    ['an end that is not in the log', (world) => world.told.pop(), 'Run c is told 0 times of as run.canceled'],
    [
      'an end that is in the log twice',
      (world) => world.told.push({ kind: 'run.failed', after: { run: 'b' } }),
      'Run b is told 2 times',
    ],
    [
      'two ends in the log',
      (world) => world.told.push({ kind: 'run.failed', after: { run: 'a' } }),
      'Run a is successful, and told of as run.failed',
    ],
    ['a run that is not cleaned up', (world) => change(world, 'a', { cleanAt: new Date() }), 'is not cleaned up'],
    ['a run that somebody holds', (world) => change(world, 'a', { worker: 'w' }), 'is still somebody’s'],
    [
      'a part that somebody holds',
      (world) => change(world, 'a', { parts: [{ leaseUntil: new Date() }] }),
      'has a part that is still somebody’s',
    ],
  ])('finds %s', (_what, doctor, words) => {
    const world = goodWorld();
    doctor(world);
    expect(judge(world).join('\n')).toContain(words);
  });

  it('takes an older model from a run that says that it could not replace it', () => {
    const world = goodWorld();
    world.files.set(`${top}/model.json`, Buffer.from('{"runId":"z"}'));
    const events = world.runs[0]?.events ?? [];
    change(world, 'a', { events: [...events, { kind: 'warned', problem: { code: 'modelNotReplaced' } }] });
    expect(judge(world)).toEqual([]);
  });
});
