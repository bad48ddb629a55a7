import type { MalformedReason } from '../selection.ts';

/** What a reader should make of CSV text. */
export type CsvModel = { rows: (string | null)[][]; rejected: { line: number; reason: MalformedReason }[] };

type Dialect = { delimiter: string; columns: number; hasQuotedBreaks: boolean };

const lineEnd = /\r\n|\n|\r/y;
const quotedValue = / ?"((?:[^"]|"")*)"(?!") */y;
const lineBreaks = /\r\n|\n|\r/g;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** A slow reader of CSV that works with patterns over text, to hold the engine against. */
export const modelOf = (text: string, { delimiter, columns, hasQuotedBreaks }: Dialect): CsvModel => {
  const model: CsvModel = { rows: [], rejected: [] };
  const isEnd = (at: number) => at >= text.length || text[at] === '\n' || text[at] === '\r';
  const isBorder = (at: number) => isEnd(at) || text.startsWith(delimiter, at);
  const toBorder = (from: number, isThere: (at: number) => boolean) => {
    let at = from;
    while (!isThere(at)) at += 1;
    return at;
  };
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = at;
    const values: (string | null)[] = [];
    let isSound = true;
    let isOpen = false;
    for (;;) {
      const quoted = matchAt(quotedValue, text, at);
      const opens = delimiter !== ' ' ? / ?"/y : /"/y;
      const isQuoted = matchAt(opens, text, at) !== null;
      if (isQuoted && quoted && (hasQuotedBreaks || !/[\r\n]/.test(quoted[1] ?? ''))) {
        // With spaces as delimiters, those after a quote belong to nobody.
        const end =
          delimiter === ' ' ? text.indexOf('"', at) + 1 + (quoted[1] ?? '').length + 1 : quotedValue.lastIndex;
        values.push((quoted[1] ?? '').replaceAll('""', '"'));
        at = toBorder(end, isBorder);
        if (at !== end) isSound = false;
      } else if (isQuoted) {
        isSound = false;
        isOpen = hasQuotedBreaks;
        at = toBorder(at, isEnd);
      } else {
        const end = toBorder(at, isBorder);
        values.push(end === at ? null : text.slice(at, end));
        at = end;
      }
      if (isEnd(at)) break;
      at += delimiter.length;
    }
    if (isOpen) at = toBorder(start, isEnd);
    const shape = text.slice(start, at);
    const end = matchAt(lineEnd, text, at);
    if (end) at = lineEnd.lastIndex;
    if (values.length === columns + 1 && values.at(-1) === null && shape.endsWith(delimiter)) values.pop();
    if (!isSound) model.rejected.push({ line, reason: 'unclosedQuote' });
    else if (shape === '' && columns > 1) line += 0;
    else if (values.length < columns) model.rejected.push({ line, reason: 'tooFewValues' });
    else if (values.length > columns) model.rejected.push({ line, reason: 'tooManyValues' });
    else model.rows.push(values);
    line += 1 + (shape.match(lineBreaks)?.length ?? 0);
  }
  return model;
};
