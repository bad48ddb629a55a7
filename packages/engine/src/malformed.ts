import { EngineError } from './engine-error.ts';
import type { MalformedReason, MalformedRule } from './selection.ts';

const words: Readonly<Record<MalformedReason, string>> = {
  encoding: 'has bytes that are no text in the encoding of the file',
  tooFewValues: 'has too few values',
  tooManyValues: 'has too many values',
  wrongType: 'has a value that is not of the type of its column',
  unclosedQuote: 'has a quote that does not end where its value ends',
  tooLong: 'is longer than a row may be',
};

export type MalformedRow = { file: string; line: number; reason: MalformedReason; column?: string };

/** What ends a call that takes no malformed rows. */
export const malformedRow = ({ file, line, reason, column }: MalformedRow): EngineError =>
  new EngineError({
    code: 'malformedRow',
    message: `Row at line ${line} of "${file}" ${words[reason]}${column === undefined ? '' : ` "${column}"`}.`,
    remedy: 'Have its writer correct it, or let malformed rows be set aside.',
    details: { file, line, reason, ...(column !== undefined && { column }) },
  });

export const tooManyMalformedRows = (limit: number, file?: string): EngineError =>
  new EngineError({
    code: 'tooManyMalformedRows',
    message: `More than ${limit} rows are malformed.`,
    remedy: 'See which rows were set aside before, and have their writer correct them.',
    ...(file !== undefined && { details: { file, reason: 'tooManyMalformedRows' } }),
  });

/** The rule without a place to set rows aside in: for counting and for previews. */
export type Tolerance = { policy: 'fail' } | { policy: 'setAside'; limit: number };

/** Counts malformed rows against the rule. */
export type Tally = {
  /** Throws when the rule takes no more. */
  note(row: MalformedRow): void;
  /** How many there were. */
  count(): number;
  /** How many more the rule takes; none when it takes none at all. */
  left(): number;
};

export const newTally = (rule: MalformedRule | Tolerance): Tally => {
  const limit = rule.policy === 'setAside' ? rule.limit : 0;
  let count = 0;
  return {
    note: (row) => {
      if (rule.policy === 'fail') throw malformedRow(row);
      count += 1;
      if (count > limit) throw tooManyMalformedRows(limit, row.file);
    },
    count: () => count,
    left: () => limit - count,
  };
};
