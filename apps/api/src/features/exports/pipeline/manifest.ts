import type { PlannedFile } from '../../lake/index.ts';
import type { MovedPart, RunTask } from '../../runs/index.ts';
import type { Fixed, PlannedEntity, RunPlan, StagedFile, StagedPart } from './plan.ts';

/** A file that a run wrote; its path is below the folder that model.json lies in. */
type WrittenFile = { entity: string; path: string; rows: number; bytes: number; sha256: string };

/** A file that a run read, as it was then. */
type ReadFile = { path: string; etag: string; bytes: number };

/** What a run wrote from what. As soon as it is at its place the run is published, and before it is not. */
export type RunManifest = {
  version: 1;
  state: 'successful';
  runId: string;
  export: RunPlan['export'];
  environmentId: string;
  startedAt: string;
  finishedAt: string;
  engine: Fixed['engine'];
  junction: string;
  totals: { files: number; rows: number; bytes: number; rejectedRows: number };
  parts: (WrittenFile & { sources: ReadFile[] })[];
  /** Rows that could not be read, and were set aside. */
  rejected: WrittenFile[];
  /** Files of the source that no row came of. */
  withoutRows: { entity: string; sources: ReadFile[] }[];
};

/** What lies in the place of a manifest after a run was given up: nobody, however late, can publish the run any more. */
export type Withdrawal = {
  version: 1;
  state: 'withdrawn';
  runId: string;
  export: RunPlan['export'];
  environmentId: string;
};

/** A manifest longer than this is none of ours: a run has ten thousand files at most, and a few hundred bytes for each. */
export const longestManifest = 64 * 1024 * 1024;

const readFilesOf = (files: unknown): ReadFile[] =>
  (files as PlannedFile[]).map(({ path, etag, bytes }) => ({ path, etag, bytes }));

const written = ({ folder, name }: PlannedEntity, time: string, { name: file, rows, bytes, sha256 }: StagedFile) => ({
  entity: name,
  path: `${folder}/${time}/${file}`,
  rows,
  bytes,
  sha256,
});

const sum = (files: readonly WrittenFile[], of: 'rows' | 'bytes') => files.reduce((total, file) => total + file[of], 0);

/** The manifest of a run; the same from the same, whoever makes it. */
export const toManifest = (
  run: Pick<RunTask, 'id' | 'environmentId' | 'startedAt'>,
  plan: RunPlan,
  time: string,
  moved: readonly MovedPart[],
  fixed: Fixed,
): RunManifest => {
  const parts: RunManifest['parts'] = [];
  const rejected: RunManifest['rejected'] = [];
  const withoutRows: RunManifest['withoutRows'] = [];
  for (const part of [...moved].sort((one, other) => one.number - other.number)) {
    const entity = plan.entities[part.entity] as PlannedEntity;
    const staged = part.result as StagedPart;
    const sources = readFilesOf(part.files);
    if (staged.file !== null) parts.push({ ...written(entity, time, staged.file), sources });
    else if (sources.length > 0) withoutRows.push({ entity: entity.name, sources });
    if (staged.rejected !== null) rejected.push(written(entity, time, staged.rejected));
  }
  return {
    version: 1,
    state: 'successful',
    runId: run.id,
    export: plan.export,
    environmentId: run.environmentId,
    startedAt: run.startedAt.toISOString(),
    finishedAt: fixed.finishedAt,
    engine: fixed.engine,
    junction: fixed.junction,
    totals: {
      files: parts.length,
      rows: sum(parts, 'rows'),
      bytes: sum(parts, 'bytes'),
      rejectedRows: sum(rejected, 'rows'),
    },
    parts,
    rejected,
    withoutRows,
  };
};

/** What takes the place of a manifest when a run is given up. */
export const toWithdrawal = (run: Pick<RunTask, 'id' | 'environmentId'>, plan: RunPlan): Withdrawal => ({
  version: 1,
  state: 'withdrawn',
  runId: run.id,
  export: plan.export,
  environmentId: run.environmentId,
});

/** A document as its file has it: for people too, so with line breaks. */
export const toFile = (document: object): Uint8Array => Buffer.from(`${JSON.stringify(document, null, 2)}\n`);

/** Reads what lies in the place of a run's manifest; undefined when it is not this run's. */
export const readManifest = (
  bytes: Uint8Array,
  run: Pick<RunTask, 'id' | 'environmentId' | 'subjectId'>,
): RunManifest | Withdrawal | undefined => {
  let found: Partial<RunManifest | Withdrawal> | null;
  try {
    found = JSON.parse(Buffer.from(bytes).toString()) as typeof found;
  } catch {
    return undefined;
  }
  const isOurs =
    found?.version === 1 &&
    found.runId === run.id &&
    found.environmentId === run.environmentId &&
    found.export?.id === run.subjectId;
  return isOurs && (found?.state === 'successful' || found?.state === 'withdrawn')
    ? (found as RunManifest | Withdrawal)
    : undefined;
};
