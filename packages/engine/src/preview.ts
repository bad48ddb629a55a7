import { checkPaths, runCall, type Workshop } from './call.ts';
import { readFailure } from './duckdb/failure.ts';
import { engineLimits } from './limits.ts';
import { newTally } from './malformed.ts';
import { planOf } from './plan.ts';
import { readyFile } from './ready-files.ts';
import { rowsSql } from './rows-sql.ts';
import type { OutputFormat, Selection, SourceFile } from './selection.ts';
import { shownSql } from './write/shown-sql.ts';

export type PreviewInput = {
  files: readonly SourceFile[];
  selection: Selection;
  format: OutputFormat;
  limit: number;
  /** The last file is only the beginning of itself: its last row may be cut. */
  isTruncated?: boolean;
};

export type Preview = { columns: string[]; rows: (string | null)[][] };

/** The first rows as they would be written; malformed ones are left out. Files after those that give enough rows are not read. */
export const preview = (
  workshop: Workshop,
  { files, selection, format, limit, isTruncated = false }: PreviewInput,
  signal: AbortSignal,
): Promise<Preview> => {
  checkPaths(workshop.options, files, []);
  return runCall(workshop, signal, [], async ({ query, newPath }) => {
    const plan = planOf(selection, format.type);
    const { names, select } = shownSql(plan, format);
    const wanted = Math.min(limit, engineLimits.previewRows);
    const tally = newTally({ policy: 'setAside', limit: Number.MAX_SAFE_INTEGER });
    const keep = (isWrong: string) => `NOT coalesce(${isWrong}, false) AND ${plan.filter?.sql ?? 'true'}`;
    const rows: (string | null)[][] = [];
    for (const [index, file] of files.entries()) {
      if (rows.length >= wanted) break;
      const isCut = isTruncated && index === files.length - 1;
      const preparing = { newPath, tally, signal, onBytes: () => undefined };
      const ready = await readyFile(file, { selection, query, preparing }, { isCut });
      const found = await query
        .run(
          `SELECT ${select} FROM (${rowsSql([ready], plan, { keep })}) LIMIT ${wanted - rows.length}`,
          plan.filter?.parameters,
        )
        .catch((error: unknown) => {
          signal.throwIfAborted();
          throw readFailure(error, file);
        });
      rows.push(...(found as (string | null)[][]));
    }
    return { columns: names, rows };
  });
};
