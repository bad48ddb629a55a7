import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isServer, newServerDatabase, openTestDb } from '../testing/database.ts';
import { type OpenDb, openEmbeddedDb, openServerDb } from './db.ts';
import { newId } from './ids.ts';
import { proveMasterKey } from './master-key.ts';
import { readMigrations } from './migrations.ts';
import { StartError } from './start-error.ts';
import { createVault, keyBytes } from './vault.ts';

const names = readMigrations().map(({ name }) => name);
const appliedNames = async ({ db }: OpenDb) => {
  const rows = await db.$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1`;
  return rows.map((row) => row.migration_name);
};
const pretendNewer = ({ db }: OpenDb) => db.$executeRaw`
  INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES (${newId()}, 'x', '99991231000000_later', now(), 1)`;
const addPerson = (opened: OpenDb, email: string) =>
  opened.db.person.create({ data: { id: newId(), email, name: email } });

const embeddedTests = () => {
  it('is migrated, keeps its rows, and refuses to start on what a newer version made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'junction-db-'));
    const first = await openEmbeddedDb(folder);
    expect(await appliedNames(first)).toEqual(names);
    await addPerson(first, 'kept@example.com');
    await first.close();
    const second = await openEmbeddedDb(folder);
    expect(await second.db.person.count()).toBe(1);
    expect(await appliedNames(second)).toEqual(names);
    await pretendNewer(second);
    await second.close();
    await expect(openEmbeddedDb(folder)).rejects.toThrow(/^The database has the migration 99991231000000_later, .*\.$/);
  });

  it('that cannot be opened says so in a line', async () => {
    const problem = await openEmbeddedDb(process.execPath).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(StartError);
    expect((problem as StartError).lines).toEqual([expect.stringContaining(join(process.execPath, 'database'))]);
  });
};

const serverTests = () => {
  it('is migrated once by several instances that start at the same time, and refuses what a newer version made', async () => {
    const { url, drop } = await newServerDatabase();
    const instances = await Promise.all([1, 2, 3].map(() => openServerDb(url)));
    const [first] = instances;
    if (!first) throw new Error('No instance started.');
    expect(await appliedNames(first)).toEqual(names);
    await Promise.all(instances.map((instance, index) => addPerson(instance, `${index}@example.com`)));
    await pretendNewer(first);
    await expect(openServerDb(url)).rejects.toThrow(StartError);
    await Promise.all(instances.map((instance) => instance.close()));
    await drop();
  });

  it('that is not there, or has no such database, says so in a line without the password', async () => {
    const { url, drop } = await newServerDatabase();
    await drop();
    for (const wrong of [url, 'postgresql://somebody:S3cret@127.0.0.1:1/nothing']) {
      const problem = await openServerDb(wrong).catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(StartError);
      expect((problem as StartError).lines).toEqual([
        expect.stringMatching(/^The database server at .*Check DATABASE_URL\.$/),
      ]);
      expect(String(problem)).not.toContain('S3cret');
    }
  });
};

if (isServer) describe('a database server', serverTests);
else describe('the embedded database', embeddedTests);

describe('a database', () => {
  let opened: OpenDb;
  beforeAll(async () => {
    opened = await openTestDb();
  });
  afterAll(() => opened.close());

  it('knows the master key that its data was sealed with', async () => {
    const [right, wrong] = [createVault(randomBytes(keyBytes)), createVault(randomBytes(keyBytes))];
    const first = await Promise.all([proveMasterKey(opened.db, right), proveMasterKey(opened.db, right)]);
    expect(first).toEqual([true, true]);
    expect(await proveMasterKey(opened.db, wrong)).toBe(false);
    expect(await proveMasterKey(opened.db, right)).toBe(true);
  });

  it('forgets what a transaction did that failed', async () => {
    const failing = opened.db.$transaction(async (tx) => {
      await tx.person.create({ data: { id: newId(), email: 'gone@example.com', name: 'Gone' } });
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await opened.db.person.count({ where: { email: 'gone@example.com' } })).toBe(0);
  });
});
