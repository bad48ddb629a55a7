import { type CustomerTally, makeReport } from '@junction/profiles';
import type { House } from '../house.ts';
import { newId } from '../platform/ids.ts';
import type { Prisma } from '../platform/prisma/client.ts';

const tally: CustomerTally = {
  rows: 20,
  malformed: 0,
  ids: { missing: 0, repeated: 0 },
  cells: [{ gender: 'female', age: 30, country: 'DE', city: 'Bremen', income: null, rows: 20 }],
  ages: [{ years: 33, rows: 20 }],
  incomes: [],
  filled: { gender: 20, birthDate: 20, country: 20, city: 20 },
  odd: {
    birthDatesUnreadable: 0,
    birthDatesInFuture: 0,
    birthDatesPlaceholder: 0,
    agesOver120: 0,
    gendersNotUnderstood: 0,
    countriesNotUnderstood: 0,
    incomesUnreadable: 0,
    incomesNegative: 0,
  },
};

/** A report of a connection as an import would have left it, about twenty customers. */
export const leaveReport = async ({ db, clock }: Pick<House, 'db' | 'clock'>, connectionId: string): Promise<void> => {
  const threshold = 5;
  const columns = { gender: 'Gender', birthDate: 'BirthDate', country: 'Country', city: 'City' };
  const { summary, cells } = await makeReport(tally, { threshold, columns });
  await db.profileReport.create({
    data: {
      connectionId,
      runId: newId(),
      importedAt: clock.now(),
      profiles: tally.rows,
      threshold,
      summary: summary as unknown as Prisma.InputJsonObject,
      cells: Buffer.from(cells),
    },
  });
};
