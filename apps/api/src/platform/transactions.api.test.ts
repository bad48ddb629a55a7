import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isServer, openTestDb } from '../testing/database.ts';
import type { OpenDb, Tx } from './db.ts';
import { Prisma } from './prisma/client.ts';
import { retrying } from './transactions.ts';

let opened: OpenDb;
beforeAll(async () => {
  opened = await openTestDb();
  const value = new Uint8Array([0]);
  await opened.db.installation.createMany({ data: ['one', 'two'].map((name) => ({ name, value })) });
});
afterAll(() => opened.close());

/** Resolves when as many have come as are waited for. */
const meeting = (count: number) => {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived === count) open();
    return all;
  };
};

const setByModel = async (tx: Tx, name: string) => {
  await tx.installation.update({ where: { name }, data: { value: new Uint8Array([1]) } });
};
const setBySql = async (tx: Tx, name: string) => {
  await tx.$executeRaw`UPDATE "Installation" SET "value" = '\\x01' WHERE "name" = ${name}`;
};
const lockBySql = async (tx: Tx, name: string) => {
  await tx.$queryRaw`SELECT "name" FROM "Installation" WHERE "name" = ${name} FOR UPDATE`;
};
const ways = [
  ['a model', setByModel],
  ['a statement', setBySql],
  ['a query', lockBySql],
] as const;

const afterMeeting = (take: (tx: Tx, name: string) => Promise<void>) => {
  const meet = meeting(2);
  let runs = 0;
  const work =
    (...names: [string, string]) =>
    async (tx: Tx) => {
      runs += 1;
      const isFirstTime = runs <= 2;
      await take(tx, names[0]);
      if (isFirstTime) await meet();
      await take(tx, names[1]);
    };
  return { work, runs: () => runs };
};

// The embedded database runs one transaction at a time: nobody can lose there.
const serverTests = () => {
  it.each(ways)('that lost a deadlock over %s is run again, and both end well', async (_way, take) => {
    const { work, runs } = afterMeeting(take);
    await Promise.all([retrying(opened.db, work('one', 'two')), retrying(opened.db, work('two', 'one'))]);
    expect(runs()).toBe(3);
  });

  it.each(ways)('that lost against a newer version over %s is run again', async (_way, take) => {
    const isolationLevel = Prisma.TransactionIsolationLevel.RepeatableRead;
    let runs = 0;
    await retrying(
      opened.db,
      async (tx) => {
        runs += 1;
        await tx.installation.count();
        if (runs === 1) await opened.db.$executeRaw`UPDATE "Installation" SET "value" = '\\x02' WHERE "name" = 'one'`;
        await take(tx, 'one');
      },
      { isolationLevel },
    );
    expect(runs).toBe(2);
  });

  it('that keeps losing gives up with the error of the database', async () => {
    let runs = 0;
    const work = retrying(opened.db, async (tx) => {
      runs += 1;
      await tx.$executeRaw`DO $$ BEGIN RAISE SQLSTATE '40P01' USING MESSAGE = 'lost again'; END $$`;
    });
    await expect(work).rejects.toThrow('lost again');
    expect(runs).toBe(4);
  });
};

describe('a transaction', () => {
  it('that fails for any other reason is not run again', async () => {
    let runs = 0;
    const work = retrying(opened.db, async (tx) => {
      runs += 1;
      const value = new Uint8Array([0]);
      await tx.installation.create({ data: { name: 'one', value } });
    });
    await expect(work).rejects.toThrow(Prisma.PrismaClientKnownRequestError);
    await expect(
      retrying(opened.db, async () => {
        runs += 1;
        throw new Error('40P01 is only a text here');
      }),
    ).rejects.toThrow('only a text');
    expect(runs).toBe(2);
  });

  if (isServer) serverTests();
});
