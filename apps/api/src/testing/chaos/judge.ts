import { createHash } from 'node:crypto';
import type { RunProblem } from '@junction/contracts';
import type { RunManifest, Withdrawal } from '../../features/exports/pipeline/manifest.ts';
import type { Db } from '../../platform/db.ts';

const terminal = ['successful', 'failed', 'skipped', 'canceled'];

/** A run as the ledger has it. */
export type RunFacts = {
  id: string;
  subjectId: string;
  state: string;
  finishedAt: Date | null;
  cleanAt: Date | null;
  leaseUntil: Date | null;
  worker: string | null;
  parts: readonly { leaseUntil: Date | null }[];
  events: readonly { kind: string; problem: unknown }[];
};

/** What there is to judge, when all is over. */
export type World = {
  /** How many runs of each export were accepted. What could not be answered any more may have been accepted as well. */
  accepted: ReadonlyMap<string, number>;
  runs: readonly RunFacts[];
  /** What the activity log tells of runs. */
  told: readonly { kind: string; after: unknown }[];
  /** Every file of the destination by its path. */
  files: ReadonlyMap<string, Buffer>;
  /** Every row that the source has, as a line of CSV, by entity. */
  rows: Readonly<Record<string, readonly string[]>>;
};

/** What the database has of the runs of an environment. */
export const readLedger = async (db: Db, environmentId: string): Promise<Pick<World, 'runs' | 'told'>> => ({
  runs: await db.run.findMany({ where: { environmentId }, include: { events: true, parts: true } }),
  told: await db.activity.findMany({ where: { environmentId, kind: { startsWith: 'run.' } } }),
});

const countOf = <Thing>(things: readonly Thing[], wanted: Thing): number =>
  things.filter((thing) => thing === wanted).length;

/** Every run is in one terminal state, which its history and the log of activities tell once, and nobody's any more. */
const judgeRun = (run: RunFacts, kinds: readonly string[]): string[] => {
  const wrong: string[] = [];
  if (!terminal.includes(run.state) || run.finishedAt === null) wrong.push(`is ${run.state} and not over`);
  const ends = run.events.flatMap(({ kind }) => (terminal.includes(kind) ? [kind] : []));
  if (ends.join() !== run.state) wrong.push(`is ${run.state}, and its history says ${ends.join() || 'nothing'}`);
  for (const kind of ['run.requested', `run.${run.state}`]) {
    const times = countOf(kinds, kind);
    if (times !== 1) wrong.push(`is told ${times} times of as ${kind}`);
  }
  for (const kind of kinds.filter((one) => one !== 'run.requested' && one !== `run.${run.state}`))
    wrong.push(`is ${run.state}, and told of as ${kind}`);
  if (run.cleanAt !== null) wrong.push('is not cleaned up');
  if (run.leaseUntil !== null || run.worker !== null) wrong.push('is still somebody’s');
  if (run.finishedAt !== null && run.state === 'successful' && run.parts.some(({ leaseUntil }) => leaseUntil !== null))
    wrong.push('has a part that is still somebody’s');
  return wrong;
};

const judgeLedger = ({ accepted, runs, told }: World): string[] => {
  const kindsOf = Map.groupBy(told, ({ after }) => (after as { run?: string } | null)?.run);
  const wrong = runs.flatMap((run) => {
    const kinds = (kindsOf.get(run.id) ?? []).map(({ kind }) => kind);
    return judgeRun(run, kinds).map((what) => `Run ${run.id} ${what}.`);
  });
  for (const [exportId, count] of accepted) {
    const kept = runs.filter((run) => run.subjectId === exportId).length;
    if (kept < count) wrong.push(`${count} runs of export ${exportId} were accepted, and ${kept} are there.`);
  }
  return wrong;
};

const rowsOf = (csv: Buffer): string[] =>
  csv
    .toString('utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '');

/** Which of the rows are there less or more often than they should be. */
const differences = (found: readonly string[], wanted: readonly string[]): string[] => {
  const balance = new Map<string, number>();
  for (const row of wanted) balance.set(row, (balance.get(row) ?? 0) - 1);
  for (const row of found) balance.set(row, (balance.get(row) ?? 0) + 1);
  return [...balance].flatMap(([row, times]) => (times === 0 ? [] : `${times > 0 ? '+' : ''}${times} ${row}`));
};

/** Files are as their manifest says, and have every row of the source once. */
const judgeManifest = (manifest: RunManifest, top: string, { files, rows }: World): string[] => {
  const wrong: string[] = [];
  const found = new Map(Object.keys(rows).map((entity): [string, string[]] => [entity, []]));
  for (const part of manifest.parts) {
    const content = files.get(`${top}/${part.path}`);
    if (content === undefined) {
      wrong.push(`lacks ${part.path}`);
      continue;
    }
    const own = rowsOf(content);
    found.set(part.entity, [...(found.get(part.entity) ?? []), ...own]);
    if (content.length !== part.bytes || own.length !== part.rows) wrong.push(`has other numbers than ${part.path}`);
    if (createHash('sha256').update(content).digest('hex') !== part.sha256)
      wrong.push(`has another hash than ${part.path}`);
  }
  for (const [entity, own] of found) {
    const differing = differences(own, rows[entity] ?? []);
    if (differing.length > 0) wrong.push(`has other rows of ${entity}: ${differing.slice(0, 3).join('; ')}`);
  }
  return wrong;
};

const manifestPattern = /^(.+)\/_runs\/([^/]+)\/manifest\.json$/;

/** The model of the export is that of the last run that was published, unless that run says that it could not replace it. */
const judgeModel = ({ files, runs }: World, top: string, runId: string): string[] => {
  const events = runs.find(({ id }) => id === runId)?.events ?? [];
  if (events.some(({ problem }) => (problem as RunProblem | null)?.code === 'modelNotReplaced')) return [];
  const model = files.get(`${top}/model.json`)?.toString('utf8') ?? '';
  return model.includes(runId) ? [] : [`The model of ${top} is not of its last run ${runId}.`];
};

/** A manifest for every successful run and for no other, and no file that none of them names. */
const judgeFiles = (world: World): string[] => {
  const { runs, files } = world;
  const successful = new Set(runs.flatMap(({ id, state }) => (state === 'successful' ? [id] : [])));
  const published = new Set<string>();
  const owners = new Map<string, string>();
  const lastOf = new Map<string, string>();
  const wrong: string[] = [];
  const own = (path: string, runId: string) => {
    const other = owners.get(path);
    if (other !== undefined) wrong.push(`${path} is of run ${other} and of run ${runId}.`);
    owners.set(path, runId);
  };
  for (const [path, content] of files) {
    const [, top, runId] = manifestPattern.exec(path) ?? [];
    if (top === undefined || runId === undefined) continue;
    own(path, runId);
    const manifest = JSON.parse(content.toString('utf8')) as RunManifest | Withdrawal;
    if (manifest.runId !== runId) wrong.push(`${path} is of run ${manifest.runId}.`);
    if (manifest.state === 'withdrawn') {
      if (successful.has(runId)) wrong.push(`Run ${runId} is successful and withdrawn.`);
      continue;
    }
    if (published.has(runId)) wrong.push(`Run ${runId} is published twice.`);
    published.add(runId);
    if (!successful.has(runId)) wrong.push(`Run ${runId} is published and not successful.`);
    for (const part of manifest.parts) own(`${top}/${part.path}`, runId);
    wrong.push(...judgeManifest(manifest, top, world).map((what) => `Run ${runId} ${what}.`));
    // Ids of runs sort by age.
    if ((lastOf.get(top) ?? '') < runId) lastOf.set(top, runId);
  }
  for (const runId of successful)
    if (!published.has(runId)) wrong.push(`Run ${runId} is successful and not published.`);
  for (const [top, runId] of lastOf) wrong.push(...judgeModel(world, top, runId));
  const models = new Set([...lastOf.keys()].map((top) => `${top}/model.json`));
  for (const path of files.keys()) if (!owners.has(path) && !models.has(path)) wrong.push(`${path} is in no manifest.`);
  return wrong;
};

/** Everything that should hold after all and does not, in sentences. */
export const judge = (world: World): string[] => [...judgeLedger(world), ...judgeFiles(world)];
