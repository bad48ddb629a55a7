import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { House } from '../../../../house.ts';

/** The tables that have a text in any row, however it is kept there. */
export const tablesWith = async ({ db }: Pick<House, 'db'>, text: string): Promise<string[]> => {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS "name" FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const [row] = await db.$queryRawUnsafe<{ isThere: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM ${quoted} t WHERE to_jsonb(t)::text ILIKE '%' || $1 || '%') AS "isThere"`,
      text,
    );
    if (row?.isThere) found.push(name);
  }
  return found;
};

/** The files below a folder, and those of them that have a text in them. */
export const filesWith = async (folder: string, text: string): Promise<{ files: string[]; withText: string[] }> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const withText: string[] = [];
  for (const path of files) if ((await readFile(path)).includes(text)) withText.push(path);
  return { files, withText };
};
