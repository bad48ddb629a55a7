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
const afterSpace = 1;
const unquoted = 2;
const inQuotes = 3;
/** After a quote within quotes: the end of them, or the first of a doubled one. */
const afterQuote = 4;
const afterQuotes = 5;

const isDelimiterAt = (bytes: Buffer, at: number, delimiter: Buffer): boolean => {
  for (let index = 1; index < delimiter.length; index += 1) {
    if (bytes[at + index] !== delimiter[index]) return false;
  }
  return true;
};

// What a byte means. Most mean nothing, and are passed over by that alone.
const nothing = 0;
const atStartOnly = 1;
const something = 2;

const meanings = (bytes: readonly number[]): Uint8Array => {
  const meaning = new Uint8Array(256);
  meaning[space] = atStartOnly;
  for (const byte of bytes) meaning[byte] = something;
  return meaning;
};

/** Finds rows; returns false when the row may go on beyond the buffer, and the span then says how it stood there. */
export type RowScanner = (bytes: Buffer, from: number, isLast: boolean, valueStarts?: number[]) => boolean;

/**
 * Scans rows by the rules that DuckDB reads with: quotes count at the start of a value, after one space at most, and a doubled quote is one.
 * What it finds it puts into the span.
 */
export const rowScanner = (dialect: Dialect, span: RowSpan): RowScanner => {
  const { delimiter, hasQuotedBreaks } = dialect;
  const firstOfDelimiter = delimiter[0] ?? 0;
  const within = meanings([lineFeed, carriageReturn, quote]);
  const outside = meanings([lineFeed, carriageReturn, quote, firstOfDelimiter]);
  return (bytes, from, isLast, valueStarts) => {
    const length = bytes.length;
    let state = atStart;
    let columns = 1;
    let breaks = 0;
    let valueStart = from;
    let isBroken = false;
    let hasEnded = false;
    let at = from;
    for (; at < length; at += 1) {
      if (state === atStart && outside[bytes[at] as number] === nothing) state = unquoted;
      if (state === unquoted) {
        while (at < length && outside[bytes[at] as number] !== something) at += 1;
      } else if (state === inQuotes) {
        while (at < length && within[bytes[at] as number] !== something) at += 1;
      }
      if (at === length) break;
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
        if (state === atStart || state === afterSpace || state === afterQuote) state = inQuotes;
        else if (state === afterQuotes) isBroken = true;
      } else if (byte === space) {
        if (state === atStart) state = afterSpace;
        else if (state === afterSpace) state = unquoted;
        else if (state === afterQuote) state = afterQuotes;
      } else if (state === atStart || state === afterSpace) {
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
};

/** Where the line that starts at `from` ends; the buffer's end when it has no line end. */
export const endOfLine = (bytes: Buffer, from: number): number => {
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === lineFeed || bytes[at] === carriageReturn) return at;
  }
  return bytes.length;
};
