import type { SourceFile, Tallied, TallyInput, TallyTrait } from '../index.ts';
import { type Bench, columnsOf, never } from './bench.ts';
import type { CustomerText } from './tally-model.ts';

/** Columns of customers as a tally is told of them, in the order of `customerLine`. */
export const customerTypes = {
  id: 'text',
  gender: 'text',
  birthDate: 'text',
  country: 'text',
  city: 'text',
  postalCode: 'text',
  income: 'text',
};
export const roles = Object.keys(customerTypes) as ('id' | TallyTrait)[];

const words = (codes: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(codes));

/** What the tests tally, or with something different. */
export const tallyInput = (different: Partial<TallyInput> = {}): TallyInput => ({
  columns: columnsOf(customerTypes),
  mapping: Object.fromEntries(roles.map((role) => [role, role])),
  words: {
    gender: words({ f: 'female', female: 'female', m: 'male', male: 'male', 'non-binary': 'other' }),
    country: words({
      germany: 'DE',
      deutschland: 'DE',
      österreich: 'AT',
      japan: 'JP',
      日本: 'JP',
      'united states': 'US',
    }),
  },
  incomeEdges: [0, 10_000, 20_000, 50_000, 100_000],
  today: '2026-11-22',
  malformed: { policy: 'setAside', limit: 100 },
  ...different,
});

const quoted = (text: string | null | undefined): string =>
  text === null || text === undefined ? '' : `"${text.replaceAll('"', '""')}"`;

export const customerLine = (customer: CustomerText): string =>
  `${roles.map((role) => quoted(customer[role])).join(',')}\n`;

/** Tallies files, each added alone. */
export const tally = async (bench: Bench, files: readonly SourceFile[], input = tallyInput()): Promise<Tallied> => {
  const tally = await bench.engine.openTally(input, never);
  try {
    for (const file of files) await tally.add([file], never);
    return await tally.finish(never);
  } finally {
    tally.close();
  }
};
