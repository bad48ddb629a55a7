/** A cell: text is guarded, numbers are written as they are, nothing is left empty. */
export type CsvCell = string | number | null;

/** What spreadsheets take for a formula when a cell begins with it. */
const formula = /^[=+\-@\t\r]/;

const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text);

const cell = (value: CsvCell): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = guarded(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Without it, spreadsheets do not read the file as UTF-8. */
const byteOrderMark = '\uFEFF';

/** A table as CSV (RFC 4180), its first row the head. */
export const csvOf = (rows: readonly (readonly CsvCell[])[]): string =>
  byteOrderMark + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
