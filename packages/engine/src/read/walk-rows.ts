import { isUtf8 } from 'node:buffer';
import { engineLimits } from '../limits.ts';
import type { MalformedReason } from '../selection.ts';
import type { Dialect } from './csv-dialect.ts';
import { carriageReturn, endOfLine, lineFeed, newSpan, type RowSpan, rowScanner } from './scan-row.ts';

/** A row as a walk comes by it; valid until the visitor returns. */
export type WalkedRow = {
  bytes: Buffer;
  span: Readonly<RowSpan>;
  /** From 1, as editors count. */
  line: number;
  isHeader: boolean;
  /** A line without anything, which is no row where rows have several values. */
  isBlank: boolean;
  /** Why it is malformed, by its shape and its encoding. */
  reason: MalformedReason | undefined;
};

export type RowVisitor = {
  row(row: WalkedRow): void;
  /** After the rows of each buffer. */
  settle?(): Promise<void>;
};

const lineEndAfter = (bytes: Buffer, end: number): number => {
  if (bytes[end] === carriageReturn && bytes[end + 1] === lineFeed) return end + 2;
  return end < bytes.length ? end + 1 : end;
};

/**
 * Goes through the rows of CSV bytes, malformed ones included. It sees bytes only: values are DuckDB's. What a quote that never ends
 * would swallow is given back: the line it stands in is malformed, and the next line starts a row. Of a file that `isCut`, what comes
 * after the last line end is left out.
 */
export const walkRows = async (
  chunks: AsyncIterable<Buffer>,
  dialect: Dialect,
  { isCut }: { isCut: boolean },
  visitor: RowVisitor,
): Promise<void> => {
  const span = newSpan();
  const scan = rowScanner(dialect, span);
  const row: WalkedRow = { bytes: Buffer.alloc(0), span, line: 1, isHeader: false, isBlank: false, reason: undefined };
  let line = 1;
  let isFirst = dialect.hasHeader;
  let isSkipping = false;

  const visit = (bytes: Buffer, tooLong: boolean, isValid: boolean): void => {
    row.bytes = bytes;
    row.line = line;
    row.isHeader = isFirst;
    row.isBlank = span.start === span.end && dialect.columns > 1;
    row.reason = undefined;
    if (span.quotes !== 'sound') row.reason = 'unclosedQuote';
    else if (tooLong || span.end - span.start > engineLimits.rowBytes) row.reason = 'tooLong';
    else if (!isValid && !isUtf8(bytes.subarray(span.start, span.end))) row.reason = 'encoding';
    else if (row.isBlank || isFirst) row.reason = undefined;
    else if (span.columns < dialect.columns) row.reason = 'tooFewValues';
    else if (span.columns > dialect.columns) row.reason = 'tooManyValues';
    visitor.row(row);
    isFirst = false;
    line += 1 + span.breaks;
  };

  /** Makes the span end with the first line of the row. */
  const giveBack = (bytes: Buffer): void => {
    span.end = endOfLine(bytes, span.start);
    span.next = lineEndAfter(bytes, span.end);
    span.breaks = 0;
  };

  /** Visits the rows of a buffer; returns where the first row starts that goes on beyond it. */
  const visitRows = (bytes: Buffer, isLast: boolean): number => {
    const validated = isLast ? bytes.length : bytes.lastIndexOf(lineFeed) + 1;
    const isValid = isUtf8(bytes.subarray(0, validated));
    let at = 0;
    while (at < bytes.length) {
      if (isSkipping) {
        const end = endOfLine(bytes, at);
        // The line feed of this line end may come with the next buffer.
        if (end >= bytes.length - 1 && !isLast && bytes[end] !== lineFeed) return end;
        at = lineEndAfter(bytes, end);
        isSkipping = false;
        continue;
      }
      const isWhole = scan(bytes, at, isLast);
      if (!isWhole && bytes.length - at <= engineLimits.rowBytes) return at;
      const isTooLong = !isWhole;
      if (span.quotes === 'open') giveBack(bytes);
      const hasLineEnd = span.next > span.end;
      visit(bytes, isTooLong, isValid && span.next <= validated);
      if (!isLast && !hasLineEnd) isSkipping = true;
      at = span.next;
    }
    return at;
  };

  // One buffer for all of the file: those that are made anew for each chunk take as long to be thrown away as rows take to be looked at.
  let buffer: Buffer = Buffer.alloc(0);
  let kept = 0;
  for await (const chunk of chunks) {
    const length = kept + chunk.length;
    if (length > buffer.length) buffer = Buffer.concat([buffer.subarray(0, kept)], 2 * length);
    chunk.copy(buffer, kept);
    const at = visitRows(buffer.subarray(0, length), false);
    buffer.copyWithin(0, at, length);
    kept = length - at;
    await visitor.settle?.();
  }
  if (!isCut) visitRows(buffer.subarray(0, kept), true);
  await visitor.settle?.();
};
