import { describe, expect, it } from 'vitest';
import { createStatementNames } from './statement-names.ts';

describe('the names of prepared statements', () => {
  it('are the same for the same text, different for others, and short enough for PostgreSQL', () => {
    const nameOf = createStatementNames();
    expect(nameOf({ sql: 'SELECT 1' })).toBe(nameOf({ sql: 'SELECT 1' }));
    expect(nameOf({ sql: 'SELECT 1' })).not.toBe(nameOf({ sql: 'SELECT 2' }));
    expect(nameOf({ sql: 'SELECT 1' }).length).toBeLessThan(64);
  });

  it('run out, so that the many shapes of filtered lists do not fill the database server', () => {
    const nameOf = createStatementNames();
    const names = Array.from({ length: 300 }, (_, index) => nameOf({ sql: `SELECT ${index}` }));
    expect(new Set(names.filter((name) => name !== '')).size).toBe(100);
    expect(names.at(-1)).toBe('');
    expect(nameOf({ sql: 'SELECT 0' })).toBe(names[0]);
  });
});
