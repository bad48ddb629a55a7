import type { EntityColumn } from '@junction/contracts';
import { EngineError } from '../engine-error.ts';
import type { Dialect } from './csv-dialect.ts';
import { newSpan, rowScanner } from './scan-row.ts';

const withoutQuotes = (value: string): string => (/^"(.*)"$/s.exec(value)?.[1]?.replaceAll('""', '"') ?? value).trim();

const namesOf = (line: Buffer, dialect: Dialect): string[] => {
  const starts = [0];
  rowScanner(dialect, newSpan())(line, 0, true, starts);
  const names = starts.map((start, index) => {
    const next = starts[index + 1];
    return withoutQuotes(line.toString('utf8', start, next && next - dialect.delimiter.length).trim());
  });
  // Many writers end every line with a delimiter.
  if (names.length === dialect.columns + 1 && names.at(-1) === '') names.pop();
  return names;
};

const shown = (names: readonly string[]): string => {
  const some = names
    .slice(0, 5)
    .map((name) => `"${name}"`)
    .join(', ');
  return names.length > 5 ? `${some} and ${names.length - 5} more` : some;
};

const wrong = (
  code: string,
  file: string,
  message: string,
  remedy = 'Have its writer make the header and the metadata agree.',
) =>
  new EngineError({
    code,
    message,
    remedy,
    details: { file, line: 1, reason: code },
  });

export const unreadableHeader = (file: string): EngineError =>
  wrong('headerUnreadable', file, `The first line of "${file}" should be a header and cannot be read.`);

/**
 * Which column each value of a row belongs to, by the header. Names are compared without regard to case, unless the metadata has two that
 * differ in nothing else.
 */
export const matchHeader = (
  line: Buffer,
  dialect: Dialect,
  columns: readonly EntityColumn[],
  file: string,
): number[] => {
  const names = namesOf(line, dialect);
  if (names.every((name) => name === ''))
    throw wrong('headerMissing', file, `"${file}" has no header in its first line.`);
  const byName = new Map(columns.map(({ name }, index) => [name, index]));
  const byLowerName = new Map(columns.map(({ name }, index) => [name.toLowerCase(), index]));
  const order = names.map((name) => byName.get(name) ?? byLowerName.get(name.toLowerCase()) ?? -1);
  const unknown = names.filter((_, index) => order[index] === -1);
  const known = names.length - unknown.length;
  // It may be a row, which nobody is to read in a message.
  if (known < unknown.length) {
    throw wrong(
      'headerUnknown',
      file,
      `The first line of "${file}" is no header that fits the metadata, which names ${known} of its ${names.length} values.`,
      'Have its writer make the file and the metadata agree about header, names and delimiter.',
    );
  }
  const twice = names.filter(
    (name, index) => (order[index] === -1 ? names.indexOf(name) : order.indexOf(order[index] ?? -1)) !== index,
  );
  if (twice.length > 0) throw wrong('headerTwice', file, `The header of "${file}" has ${shown(twice)} more than once.`);
  if (unknown.length > 0) {
    throw wrong(
      'headerUnknown',
      file,
      `The header of "${file}" has ${shown(unknown)}, which the metadata does not name.`,
    );
  }
  const found = new Set(order);
  const missing = columns.filter((_, index) => !found.has(index)).map(({ name }) => name);
  if (missing.length > 0) throw wrong('headerMissing', file, `The header of "${file}" lacks ${shown(missing)}.`);
  return order;
};
