import type { EntityColumn } from '@junction/contracts';
import type { Tally } from '../malformed.ts';
import type { Dialect } from './csv-dialect.ts';
import { matchHeader, unreadableHeader } from './csv-header.ts';
import { lineFeed } from './scan-row.ts';
import type { WalkedRow } from './walk-rows.ts';

export type LineEnd = '\n' | '\r\n';

/** What a walk through the rows of a CSV file finds. */
export type Survey = {
  /** The column that each value of a row belongs to. */
  order: readonly number[];
  /** Rows that are sound. */
  rows: number;
  /** Rows that are not, by their shape or their encoding. */
  malformed: number;
  /** How every line ends; undefined where lines do not end alike. */
  lineEnd: LineEnd | undefined;
  /** Whether DuckDB can read the file as it is. */
  isTidy: boolean;
};

const lineEndOf = ({ bytes, span: { end, next } }: WalkedRow): LineEnd | undefined => {
  if (next - end === 2) return '\r\n';
  return bytes[end] === lineFeed ? '\n' : undefined;
};

/** Looks at rows as a walk comes by them. */
export const surveyRows = (
  file: string,
  columns: readonly EntityColumn[],
  dialect: Dialect,
  tally: Tally,
): { survey: Survey; see: (row: WalkedRow) => void } => {
  const survey: Survey = {
    order: columns.map((_, index) => index),
    rows: 0,
    malformed: 0,
    lineEnd: undefined,
    isTidy: true,
  };
  let isFirst = true;
  const see = (row: WalkedRow): void => {
    const { bytes, span, line, isHeader, isBlank, reason } = row;
    const hasLineEnd = span.next > span.end;
    if (isFirst) survey.lineEnd = hasLineEnd ? lineEndOf(row) : '\n';
    else if (hasLineEnd && lineEndOf(row) !== survey.lineEnd) survey.lineEnd = undefined;
    isFirst = false;
    if (isHeader && reason) throw unreadableHeader(file);
    if (isHeader) {
      survey.order = matchHeader(bytes.subarray(span.start, span.end), dialect, columns, file);
    } else if (reason) {
      survey.malformed += 1;
      tally.note({ file, line, reason });
    } else if (!isBlank) {
      survey.rows += 1;
    }
    const isEmptyLine = span.start === span.end;
    if (reason || isEmptyLine || survey.lineEnd === undefined) survey.isTidy = false;
  };
  return { survey, see };
};
