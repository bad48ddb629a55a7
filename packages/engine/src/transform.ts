import { truncate } from 'node:fs/promises';
import { type Call, checkPaths, runCall, type Workshop } from './call.ts';
import { literal } from './duckdb/sql-text.ts';
import { newTally } from './malformed.ts';
import { visitMalformedRows } from './malformed-rows.ts';
import { type Plan, planOf } from './plan.ts';
import { type Progress, watchProgress } from './progress.ts';
import { readyFile } from './ready-files.ts';
import type { ReadyFile } from './rows-sql.ts';
import type { MalformedRule, OutputFormat, Selection, SourceFile } from './selection.ts';
import { overSoundRows } from './sound-rows.ts';
import { type Fingerprint, fingerprintOf } from './write/fingerprint.ts';
import { gzipFile } from './write/gzip.ts';
import { outputSql } from './write/output-sql.ts';
import { rowGroupOf } from './write/row-group.ts';
import { setAsideFile } from './write/set-aside-file.ts';
import { findWrongRows } from './wrong-rows.ts';

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

const writeSetAside = async (
  path: string,
  files: readonly ReadyFile[],
  plan: Plan,
  wrong: number,
  call: Call,
  signal: AbortSignal,
) => {
  const file = await setAsideFile(path);
  try {
    for (const one of files) {
      const wrongRows = wrong > 0 ? await findWrongRows(one, plan, wrong, call.query) : new Map();
      const malformed = one.type === 'csv' ? one.malformed : 0;
      if (wrongRows.size + malformed > 0) await visitMalformedRows(one, wrongRows, signal, file.add, file.settle);
    }
  } finally {
    await file.close();
  }
  return { rows: file.rows(), ...(await fingerprintOf(path, signal)) };
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
    const progress = watchProgress(onProgress);
    const ready: ReadyFile[] = [];
    for (const file of files) {
      const preparing = { newPath: call.newPath, tally, signal, onBytes: progress.prepared };
      ready.push(await readyFile(file, selection, call.query, preparing));
    }
    const path = format.type === 'csvGzip' ? call.newPath() : output.path;
    const { select, options, header } = outputSql(plan, format, rowGroupOf(ready, plan, workshop.options));
    const keepsOrder = format.type === 'ndjson';
    progress.reading(ready, call.query);
    const { rows, wrong } = await overSoundRows(
      call,
      { files: ready, plan, rule: malformed, tally, signal },
      (from, where) =>
        `COPY (SELECT ${select} FROM ${from} WHERE ${where}) TO ${literal(path)} (${options}, PRESERVE_ORDER ${keepsOrder}, USE_TMP_FILE false)`,
    ).finally(progress.stop);
    progress.done();
    // DuckDB ends the header with a line of its own where no row follows.
    if (rows === 0 && format.type !== 'parquet') await truncate(path, Buffer.byteLength(header));
    if (format.type === 'csvGzip') await gzipFile(path, output.path, workshop.options.threads, signal);
    const rejected =
      malformed.policy === 'setAside' && tally.count() + wrong > 0
        ? await writeSetAside(malformed.path, ready, plan, wrong, call, signal)
        : null;
    return { rows, ...(await fingerprintOf(output.path, signal)), rejected };
  });
};
