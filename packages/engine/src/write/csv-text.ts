/** A value as CSV: in quotes where it needs them, and where it would else be no value. */
export const csvValue = (value: string, delimiter: string): string =>
  value === '' || value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** What a spreadsheet takes for a formula begins with one of these. */
export const formulaStarts = ['=', '+', '-', '@', '\t', '\r'] as const;

/** Text that no spreadsheet runs. */
export const withoutFormula = (text: string): string =>
  formulaStarts.some((start) => text.startsWith(start)) ? `'${text}` : text;
