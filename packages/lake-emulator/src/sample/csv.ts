/** A value of a sample row; `undefined` is an empty field. */
export type Value = string | number | boolean | undefined;

/** One field as RFC 4180 writes it: quoted only when it has to be. */
export const csvField = (value: Value, delimiter: string): string => {
  if (value === undefined) return '';
  const text = String(value);
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as CSV text with CRLF line ends. */
export const toCsv = (rows: readonly (readonly Value[])[], delimiter: string): string =>
  rows.map((row) => `${row.map((value) => csvField(value, delimiter)).join(delimiter)}\r\n`).join('');
