import type { Query } from './duckdb/query.ts';
import { engineLimits } from './limits.ts';
import type { MalformedRow } from './malformed.ts';
import type { Plan } from './plan.ts';
import type { ReadyCsv } from './read/ready-csv.ts';
import type { ReadyParquet } from './read/ready-parquet.ts';
import { sourceBytes } from './read/source-bytes.ts';
import { walkRows } from './read/walk-rows.ts';
import type { ReadyFile } from './rows-sql.ts';
import { wrongRows } from './wrong-rows.ts';

/** A malformed row with the beginning of what stands in the file. */
export type FoundRow = MalformedRow & { content: string };

export type FoundVisitor = {
  row(row: FoundRow): void;
  /** After some rows. */
  settle?(): Promise<void>;
};

type Search = {
  plan: Plan;
  query: Query;
  signal: AbortSignal;
  /** How many rows have values of the wrong type, at most. */
  wrong: number;
};

const nameOf = ({ columns }: Plan, index: number): string =>
  columns.find((column) => column.index === index)?.name ?? '';

const visitCsv = async (
  file: ReadyCsv,
  { plan, query, signal, wrong }: Search,
  visitor: FoundVisitor,
): Promise<void> => {
  const numbers: number[] = [];
  const columns: number[] = [];
  if (wrong > 0) {
    for await (const rows of wrongRows(file, plan, query, wrong)) {
      for (const { number, column } of rows) {
        numbers.push(number);
        columns.push(column);
      }
    }
  }
  if (numbers.length + file.malformed === 0) return;
  let number = 0;
  let next = 0;
  const isCut = false;
  const chunks = sourceBytes(file.source, { isCut, signal, onBytes: () => undefined });
  await walkRows(
    chunks,
    file.dialect,
    { isCut },
    {
      row: ({ bytes, span, line, isHeader, isBlank, reason }) => {
        if (isHeader || (isBlank && !reason)) return;
        if (!reason) number += 1;
        const isWrong = !reason && numbers[next] === number;
        if (!reason && !isWrong) return;
        const end = Math.min(span.end, span.start + engineLimits.setAsideBytes);
        const row = { file: file.source.name, line, content: bytes.toString('utf8', span.start, end) };
        if (reason) return visitor.row({ ...row, reason });
        visitor.row({ ...row, reason: 'wrongType', column: nameOf(plan, columns[next] ?? -1) });
        next += 1;
      },
      settle: visitor.settle,
    },
  );
};

const visitParquet = async (
  file: ReadyParquet,
  { plan, query, wrong }: Search,
  visitor: FoundVisitor,
): Promise<void> => {
  if (wrong === 0) return;
  for await (const rows of wrongRows(file, plan, query, wrong)) {
    for (const { number, column, content } of rows) {
      const row = { file: file.source.name, line: number, content: content.slice(0, engineLimits.setAsideBytes) };
      visitor.row({ ...row, reason: 'wrongType', column: nameOf(plan, column) });
    }
    await visitor.settle?.();
  }
};

/** Gives the malformed rows of a file in its order, with their lines: it is gone through once more for them. */
export const visitMalformedRows = (file: ReadyFile, search: Search, visitor: FoundVisitor): Promise<void> =>
  file.type === 'csv' ? visitCsv(file, search, visitor) : visitParquet(file, search, visitor);
