/** A text as a literal of SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name of a column as SQL. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
