import { stat, truncate } from 'node:fs/promises';
import { type Call, checkPaths, runCall, type Workshop } from './call.ts';
import { fileFailure } from './duckdb/failure.ts';
import { literal } from './duckdb/sql-text.ts';
import { newTally } from './malformed.ts';
import { visitMalformedRows } from './malformed-rows.ts';
import { type Plan, planOf } from './plan.ts';
import { type Progress, watchProgress } from './progress.ts';
import { readyFiles } from './ready-files.ts';
import type { ReadyFile } from './rows-sql.ts';
import type { MalformedRule, OutputFormat, Selection, SourceFile } from './selection.ts';
import { overSoundRows } from './sound-rows.ts';
import { type Fingerprint, fingerprintOf } from './write/fingerprint.ts';
import { gzipFile } from './write/gzip.ts';
import { outputSql } from './write/output-sql.ts';
import { rowGroupOf } from './write/row-group.ts';
import { setAsideFile } from './write/set-aside-file.ts';

export type TransformInput = {
  files: readonly SourceFile[];
  selection: Selection;
  output: { format: OutputFormat; path: string };
  malformed: MalformedRule;
};

export type Transformed = Fingerprint & {
  rows: number;
  /** The rows that were set aside; null when there were none, and no file either. */
  rejected: (Fingerprint & { rows: number }) | null;
};

const sizeOf = async (files: readonly SourceFile[]): Promise<number> => {
  let bytes = 0;
  for (const { path, name } of files) {
    const { size } = await stat(path).catch((error: unknown) => {
      throw fileFailure(error, name);
    });
    bytes += size;
  }
  return bytes;
};

type SetAside = { path: string; format: OutputFormat; files: readonly ReadyFile[]; plan: Plan; wrong: number };

const writeSetAside = async ({ path, format, files, plan, wrong }: SetAside, { query, signal }: Call) => {
  const aside = await setAsideFile(path, 'escapeFormulas' in format ? format : {});
  try {
    for (const file of files) await visitMalformedRows(file, { plan, query, signal, wrong }, aside);
  } finally {
    await aside.close();
  }
  return { rows: aside.count(), ...(await fingerprintOf(path, signal)) };
};

/** Reads files and writes what a selection wants of them to one file. */
export const transform = (
  workshop: Workshop,
  { files, selection, output, malformed }: TransformInput,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Transformed> => {
  const written = [output.path, ...(malformed.policy === 'setAside' ? [malformed.path] : [])];
  checkPaths(workshop.options, files, written);
  return runCall(workshop, signal, written, async (call) => {
    const { format } = output;
    const plan = planOf(selection, format.type);
    const tally = newTally(malformed);
    const bytes = await sizeOf(files);
    const progress = watchProgress(bytes, onProgress);
    const { newPath, query } = call;
    const preparing = { newPath, tally, signal: call.signal, onBytes: progress.looked };
    const path = format.type === 'csvGzip' ? newPath() : output.path;
    const { select, options, header } = outputSql(plan, format, rowGroupOf(plan, workshop.options));
    const isOrdered = format.type === 'ndjson';
    const prepared = await readyFiles(files, { selection, query, preparing });
    progress.reading(query);
    const { rows, wrong } = await overSoundRows(
      call,
      { files: prepared, plan, rule: malformed, tally },
      (sound) =>
        `COPY (SELECT ${select} FROM ${sound}) TO ${literal(path)} (${options}, PRESERVE_ORDER ${isOrdered}, USE_TMP_FILE false)`,
    ).finally(progress.stop);
    // DuckDB ends the header with a line of its own where no row follows.
    if (rows === 0 && format.type !== 'parquet') await truncate(path, Buffer.byteLength(header));
    if (format.type === 'csvGzip') await gzipFile(path, output.path, workshop.options.threads, signal);
    const rejected =
      malformed.policy === 'setAside' && tally.count() + wrong > 0
        ? await writeSetAside({ path: malformed.path, format, files: await prepared.certain, plan, wrong }, call)
        : null;
    return { rows, ...(await fingerprintOf(output.path, signal)), rejected };
  });
};
