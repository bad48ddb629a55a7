import type { Db } from '../platform/db.ts';

/** A secret that must not turn up anywhere, in ASCII. */
export type Canary = { name: string; value: string };
/** Something to search, and where it is from. */
export type Found = { where: string; text: string };
export type Leak = { canary: string; where: string; spelling: string };

/** The base64 of something that holds the value: its three alignments, without the characters at the ends that depend on the neighbours. */
const inBase64 = (value: string, encoding: 'base64' | 'base64url'): string[] =>
  [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(value, 'latin1')]).toString(encoding);
    const whole = text.replace(/=+$/, '');
    const start = offset === 0 ? 0 : offset + 1;
    const rest = (offset + value.length) % 3;
    return whole.slice(start, rest === 0 ? undefined : whole.length - 1);
  });

/** How a secret may be written, by the name of the spelling. */
export const spellingsOf = (value: string): [string, string][] => {
  const hex = Buffer.from(value, 'latin1').toString('hex');
  return [
    ['plain', value],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['URL-encoded', encodeURIComponent(value)],
    ['hex', hex],
    ['upper-case hex', hex.toUpperCase()],
    ...inBase64(value, 'base64').map((text): [string, string] => ['base64', text]),
    ...inBase64(value, 'base64url').map((text): [string, string] => ['base64url', text]),
  ];
};

/** Every canary in every spelling in every text. */
export const findLeaks = (texts: readonly Found[], canaries: readonly Canary[]): Leak[] =>
  canaries.flatMap(({ name, value }) =>
    spellingsOf(value).flatMap(([spelling, spelled]) =>
      texts.filter(({ text }) => text.includes(spelled)).map(({ where }) => ({ canary: name, where, spelling })),
    ),
  );

type Column = { table: string; column: string; type: string };

/** The content of every column of every table there is; bytes as one character each. */
export const readDatabase = async (db: Db): Promise<Found[]> => {
  const columns = await db.$queryRaw<Column[]>`
    SELECT c.table_name::text AS "table", c.column_name::text AS "column", c.data_type::text AS "type"
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2`;
  const found: Found[] = [];
  for (const { table, column, type } of columns) {
    const isBytes = type === 'bytea';
    const value = isBytes ? `encode("${column}", 'hex')` : `"${column}"::text`;
    const rows = await db.$queryRawUnsafe<{ text: string | null }[]>(`SELECT ${value} AS "text" FROM "${table}"`);
    for (const { text } of rows) {
      if (text === null) continue;
      found.push({ where: `${table}.${column}`, text: isBytes ? Buffer.from(text, 'hex').toString('latin1') : text });
    }
  }
  return found;
};
