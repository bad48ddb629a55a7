import { createHash } from 'node:crypto';
import type { RunManifest } from '../../features/exports/pipeline/manifest.ts';
import type { Db } from '../../platform/db.ts';
import type { ChaosLake } from './lake.ts';

const terminal = ['successful', 'failed', 'skipped', 'canceled'];

type World = { db: Db; lake: ChaosLake; environmentId: string };

/** What of the database does not hold: every run in one terminal state, told once in its history and once in the log of activities. */
const judgeLedger = async ({ db, environmentId }: World): Promise<string[]> => {
  const runs = await db.run.findMany({ where: { environmentId }, include: { events: true, parts: true } });
  const told = await db.activity.findMany({ where: { environmentId, kind: { startsWith: 'run.' } } });
  return runs.flatMap((run) => {
    const wrong: string[] = [];
    if (!terminal.includes(run.state) || run.finishedAt === null) wrong.push(`is ${run.state} and not over`);
    const ends = run.events.filter(({ kind }) => terminal.includes(kind)).map(({ kind }) => kind);
    if (ends.join() !== run.state) wrong.push(`is ${run.state}, and its history says ${ends.join() || 'nothing'}`);
    const kinds = told
      .filter(({ after }) => (after as { run?: string } | null)?.run === run.id)
      .map(({ kind }) => kind);
    const expected = ['run.requested', `run.${run.state}`];
    for (const kind of expected) {
      const times = kinds.filter((one) => one === kind).length;
      if (times !== 1) wrong.push(`is told ${times} times of as ${kind}`);
    }
    if (run.cleanAt !== null) wrong.push('is not cleaned up');
    if (run.leaseUntil !== null || (run.worker === null && run.state === 'successful'))
      wrong.push('is still somebody’s');
    return wrong.map((what) => `Run ${run.id} ${what}.`);
  });
};

const idsOf = (csv: Buffer): string[] =>
  csv
    .toString('utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split(',')[0] ?? '');

/** What of one published run does not hold: its files are as its manifest says, and have every row of the source once. */
const judgeManifest = (
  manifest: RunManifest,
  top: string,
  files: ReadonlyMap<string, Buffer>,
  lake: ChaosLake,
): string[] => {
  const wrong: string[] = [];
  const found = new Map<string, string[]>();
  for (const { entity, path, rows, bytes, sha256 } of manifest.parts) {
    const content = files.get(`${top}/${path}`);
    if (content === undefined) wrong.push(`lacks ${path}`);
    else {
      const ids = idsOf(content);
      found.set(entity, [...(found.get(entity) ?? []), ...ids]);
      if (content.length !== bytes || ids.length !== rows) wrong.push(`has other numbers than ${path}`);
      if (createHash('sha256').update(content).digest('hex') !== sha256) wrong.push(`has another hash than ${path}`);
    }
  }
  for (const [entity, ids] of Object.entries(lake.ids)) {
    if ((found.get(entity) ?? []).toSorted().join() !== [...ids].toSorted().join()) {
      wrong.push(`has ${found.get(entity)?.length ?? 0} rows of ${entity} instead of ${ids.length}, or others`);
    }
  }
  return wrong;
};

const manifestPattern = /^(.+)\/_runs\/([^/]+)\/manifest\.json$/;

/** What of the lake does not hold: a manifest for every successful run and for no other, and no file that none of them names. */
const judgeLake = async ({ db, lake, environmentId }: World): Promise<string[]> => {
  const successful = new Set(
    (await db.run.findMany({ where: { environmentId, state: 'successful' }, select: { id: true } })).map(
      ({ id }) => id,
    ),
  );
  const files = new Map([...(await lake.contents())].filter(([path]) => path.startsWith('exports/')));
  const wrong: string[] = [];
  const known = new Set<string>();
  const published = new Map<string, { runId: string; finishedAt: string }>();
  for (const [path, content] of files) {
    const [, top, runId] = manifestPattern.exec(path) ?? [];
    if (top === undefined || runId === undefined) continue;
    known.add(path);
    const manifest = JSON.parse(content.toString('utf8')) as RunManifest | { state: 'withdrawn' };
    if (manifest.state === 'withdrawn') {
      if (successful.has(runId)) wrong.push(`Run ${runId} is successful and withdrawn.`);
      continue;
    }
    if (!successful.delete(runId)) wrong.push(`Run ${runId} is published and not successful.`);
    for (const { path: part } of manifest.parts) known.add(`${top}/${part}`);
    wrong.push(...judgeManifest(manifest, top, files, lake).map((what) => `Run ${runId} ${what}.`));
    known.add(`${top}/model.json`);
    const last = published.get(top);
    if (last === undefined || last.finishedAt < manifest.finishedAt) published.set(top, manifest);
  }
  for (const runId of successful) wrong.push(`Run ${runId} is successful and has no manifest.`);
  for (const path of files.keys()) if (!known.has(path)) wrong.push(`${path} is in no manifest.`);
  for (const [top, { runId }] of published) {
    const model = files.get(`${top}/model.json`)?.toString('utf8') ?? '';
    if (!model.includes(runId)) wrong.push(`The model of ${top} is not of its last run ${runId}.`);
  }
  return wrong;
};

/** Everything that should hold after all and does not, in sentences. */
export const judge = async (world: World): Promise<string[]> => [
  ...(await judgeLedger(world)),
  ...(await judgeLake(world)),
];
