import { open } from 'node:fs/promises';
import type { FoundRow, FoundVisitor } from '../malformed-rows.ts';
import { csvValue, withoutFormula } from './csv-text.ts';

const line = (values: readonly (string | undefined)[]): string =>
  `${values.map((value) => (value === undefined ? '' : csvValue(value, ','))).join(',')}\n`;

/** The file of rows that were set aside: CSV with what is wrong with each, and the row as it stood in its file. */
export type SetAsideFile = Required<FoundVisitor> & {
  /** Rows in it. */
  count(): number;
  close(): Promise<void>;
};

/** Opens a file for rows that are set aside. */
export const setAsideFile = async (
  path: string,
  { escapeFormulas = false }: { escapeFormulas?: boolean } = {},
): Promise<SetAsideFile> => {
  const shown = (text: string): string => (escapeFormulas ? withoutFormula(text) : text);
  const file = await open(path, 'w');
  let lines = [line(['file', 'line', 'reason', 'column', 'row'])];
  let rows = 0;
  const settle = async (): Promise<void> => {
    const text = lines.join('');
    lines = [];
    await file.writeFile(text);
  };
  return {
    row: ({ file: name, line: number, reason, column, content }: FoundRow): void => {
      lines.push(line([shown(name), String(number), reason, column && shown(column), shown(content)]));
      rows += 1;
    },
    settle,
    count: () => rows,
    close: async () => {
      try {
        await settle();
      } finally {
        await file.close();
      }
    },
  };
};
