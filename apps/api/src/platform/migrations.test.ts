import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AppliedMigration, isUpToDate, readMigrations } from './migrations.ts';
import { StartError } from './start-error.ts';

const all: AppliedMigration[] = readMigrations().map(({ name, script }) => ({
  migration_name: name,
  checksum: createHash('sha256').update(script).digest('hex'),
  finished_at: new Date(),
}));
const [first] = all;
if (!first) throw new Error('There are no migrations.');

describe('whether a database is up to date', () => {
  it('is so when every migration is applied as it is written, and only then', () => {
    expect(isUpToDate(all)).toBe(true);
    expect(isUpToDate(all.slice(1))).toBe(false);
    expect(isUpToDate([])).toBe(false);
  });

  it.each<[string, AppliedMigration, string]>([
    ['a newer version made', { ...first, migration_name: '99991231000000_later' }, 'Start the newer version.'],
    ['failed half-way', { ...first, finished_at: null }, 'prisma migrate resolve'],
    ['was changed since', { ...first, checksum: 'other' }, 'differs from the one that was applied'],
  ])('stops the start with one line for a migration that %s', (_what, applied, remedy) => {
    expect(() => isUpToDate([...all.slice(1), applied])).toThrow(StartError);
    expect(() => isUpToDate([...all.slice(1), applied])).toThrow(remedy);
  });
});
