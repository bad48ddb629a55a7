import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, openBench, selectionOf } from '../testing/bench.ts';
import { customer } from '../testing/odd-customers.ts';
import { customerLine, customerTypes, roles, tally, tallyInput } from '../testing/tally-bench.ts';
import { modelTally, sorted } from '../testing/tally-model.ts';

const reportBriefly = <Input>(run: fc.RunDetails<Input>): void => {
  if (run.failed) throw new Error(`Seed ${run.seed}, path ${run.counterexamplePath}: ${run.errorInstance}`);
};

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const customers = fc.array(customer, { minLength: 400, maxLength: 600, size: 'max' });

/** Without the rows that it failed with, which nobody could read: the seed brings them back. */
const bounds = { numRuns: 4, endOnFailure: true, reporter: reportBriefly };
const types = [
  ['of text', 'text', false],
  ['of numbers', 'decimal', true],
] as const;

it.each(types)('tells what a slow count tells, of CSV with incomes %s', async (_, type, isNumber) => {
  const columns = selectionOf({ ...customerTypes, income: type }).columns;
  const input = tallyInput({ columns });
  await fc.assert(
    fc.asyncProperty(customers, fc.nat({ max: 400 }), async (all, cut) => {
      const files = [
        await bench.file('1.csv', all.slice(0, cut).map(customerLine).join('')),
        await bench.file('2.csv', all.slice(cut).map(customerLine).join('')),
      ];
      expect(sorted(await tally(bench, files, input))).toEqual(
        sorted(modelTally(all, 0, { ...input, isNumber, mapped: roles })),
      );
    }),
    bounds,
  );
});

it('tells what a slow count tells, of Parquet', async () => {
  await fc.assert(
    fc.asyncProperty(customers, async (all) => {
      const csv = await bench.file('rows.csv', all.map(customerLine).join(''));
      const { content } = await bench.transform([csv], selectionOf(customerTypes), { type: 'parquet' });
      const file = await bench.file('rows.parquet', content, { type: 'parquet' });
      const input = tallyInput();
      expect(sorted(await tally(bench, [file], input))).toEqual(
        sorted(modelTally(all, 0, { ...input, isNumber: false, mapped: roles })),
      );
    }),
    { ...bounds, numRuns: 2 },
  );
});
