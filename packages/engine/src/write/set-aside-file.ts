import { open } from 'node:fs/promises';
import type { FoundRow } from '../malformed-rows.ts';
import { csvValue } from './csv-text.ts';

const line = (values: readonly (string | undefined)[]): string =>
  `${values.map((value) => (value === undefined ? '' : csvValue(value, ','))).join(',')}\n`;

/** The file of rows that were set aside: CSV with file, line, reason, column and row. */
export const setAsideFile = async (path: string) => {
  const file = await open(path, 'w');
  let lines = [line(['file', 'line', 'reason', 'column', 'row'])];
  let rows = 0;
  const settle = async (): Promise<void> => {
    const text = lines.join('');
    lines = [];
    await file.writeFile(text);
  };
  return {
    add: ({ file: name, line: number, reason, column, content }: FoundRow): void => {
      lines.push(line([name, String(number), reason, column, content]));
      rows += 1;
    },
    settle,
    rows: () => rows,
    close: async (): Promise<void> => {
      try {
        await settle();
      } finally {
        await file.close();
      }
    },
  };
};
