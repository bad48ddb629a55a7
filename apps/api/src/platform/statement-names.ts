import { createHash } from 'node:crypto';

/**
 * Statements that a connection keeps prepared. Lists with filters have many shapes; those beyond this number are planned each
 * time, so that a database server does not fill its memory with plans.
 */
const preparedAtMost = 100;

/** No name: the statement is not kept. */
const unnamed = '';

/**
 * Names statements by their text, so that the database parses and plans each once per connection: a fifth of the processor time
 * of a list. A pooler in front of the database must know named statements (PgBouncer does from 1.21 on).
 */
export const createStatementNames = (): ((statement: { sql: string }) => string) => {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= preparedAtMost) return unnamed;
    const name = createHash('sha256').update(sql).digest('base64url');
    names.set(sql, name);
    return name;
  };
};
