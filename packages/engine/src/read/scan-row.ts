import type { Dialect } from './csv-dialect.ts';

/** Where a row lies in a buffer and how it is made up. One object serves all rows of a file: there are millions. */
export type RowSpan = {
  start: number;
  /** Without its line end. */
  end: number;
  /** Where the next one starts. */
  next: number;
  /** Values in it. */
  columns: number;
  /** Line breaks within its quotes. */
  breaks: number;
  /** `broken`: something stands between the end of a quote and the end of its value; `open`: a quote never ends. */
  quotes: 'sound' | 'broken' | 'open';
};

export const newSpan = (): RowSpan => ({ start: 0, end: 0, next: 0, columns: 0, breaks: 0, quotes: 'sound' });

export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
const quote = 0x22;
const space = 0x20;

// Where in a value a byte stands.
const atStart = 0;
const unquoted = 1;
const inQuotes = 2;
/** After a quote within quotes: the end of them, or the first of a doubled one. */
const afterQuote = 3;
const afterQuotes = 4;

const isDelimiterAt = (bytes: Buffer, at: number, delimiter: Buffer): boolean => {
  for (let index = 1; index < delimiter.length; index += 1) {
    if (bytes[at + index] !== delimiter[index]) return false;
  }
  return true;
};

/**
 * Finds the row that starts at `from` by the rules that DuckDB reads with: quotes count at the start of a value, after spaces at most, and a
 * doubled quote is one. False when the row may go on beyond the buffer; the span then says how it stood there.
 */
export const scanRow = (
  bytes: Buffer,
  from: number,
  isLast: boolean,
  dialect: Dialect,
  span: RowSpan,
  valueStarts?: number[],
): boolean => {
  const { delimiter, hasQuotedBreaks } = dialect;
  const firstOfDelimiter = delimiter[0];
  const length = bytes.length;
  let state = atStart;
  let columns = 1;
  let breaks = 0;
  let valueStart = from;
  let isBroken = false;
  let at = from;
  let hasEnded = false;
  for (; at < length; at += 1) {
    const byte = bytes[at];
    if (byte === lineFeed || byte === carriageReturn) {
      if (state !== inQuotes || !hasQuotedBreaks) {
        hasEnded = true;
        break;
      }
      if (byte === lineFeed || bytes[at + 1] !== lineFeed) breaks += 1;
    } else if (state === inQuotes) {
      if (byte === quote) state = afterQuote;
    } else if (byte === firstOfDelimiter && isDelimiterAt(bytes, at, delimiter)) {
      columns += 1;
      state = atStart;
      at += delimiter.length - 1;
      valueStart = at + 1;
      valueStarts?.push(valueStart);
    } else if (byte === quote) {
      if (state === atStart || state === afterQuote) state = inQuotes;
      else if (state === afterQuotes) isBroken = true;
    } else if (byte === space) {
      if (state === afterQuote) state = afterQuotes;
    } else if (state === atStart) {
      state = unquoted;
    } else if (state !== unquoted) {
      isBroken = true;
      state = unquoted;
    }
  }
  const isCarriageReturn = hasEnded && bytes[at] === carriageReturn;
  const endBytes = hasEnded ? (isCarriageReturn && bytes[at + 1] === lineFeed ? 2 : 1) : 0;
  span.start = from;
  span.end = at;
  span.next = at + endBytes;
  // A delimiter at the end of a line has no value after it, as many writers end every line with one.
  span.columns = columns === dialect.columns + 1 && valueStart === at ? dialect.columns : columns;
  span.breaks = breaks;
  span.quotes = state === inQuotes ? (hasEnded ? 'broken' : 'open') : isBroken ? 'broken' : 'sound';
  if (!hasEnded) return isLast;
  // The line feed of this line end may be the first byte of the next buffer.
  return isLast || !isCarriageReturn || at + 1 < length;
};

/** Where the line that starts at `from` ends; the buffer's end when it has no line end. */
export const endOfLine = (bytes: Buffer, from: number): number => {
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === lineFeed || bytes[at] === carriageReturn) return at;
  }
  return bytes.length;
};
