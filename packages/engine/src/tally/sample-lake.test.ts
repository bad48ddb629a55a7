import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSampleLake } from '../../../lake-emulator/src/sample/sample-lake.ts';
import { type Bench, columnsOf, csvFormat, openBench } from '../testing/bench.ts';
import { roles, tally, tallyInput } from '../testing/tally-bench.ts';
import { type CustomerText, modelTally, sorted } from '../testing/tally-model.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const mapping = {
  id: 'CustomerId',
  gender: 'Gender',
  birthDate: 'BirthDate',
  country: 'Country',
  city: 'City',
  postalCode: 'PostalCode',
  income: 'AnnualIncome',
};

it('tells of the 20,000 customers of the sample lake what a slow count tells', async () => {
  const parts = makeSampleLake(20_000, String).filter(({ path }) => path.includes('/Customer/'));
  const records = parts.flatMap(({ text }) => parse(text, { columns: true }) as unknown as Record<string, string>[]);
  const files = await Promise.all(
    parts.map(({ text }, index) => bench.file(`${index}.csv`, text, csvFormat({ hasHeader: true }))),
  );
  const types = Object.keys(records[0] ?? {}).map((name) => [name, name === 'AnnualIncome' ? 'decimal' : 'text']);
  const input = tallyInput({ columns: columnsOf(Object.fromEntries(types)), mapping });
  const customers = records.map(
    (record): CustomerText => Object.fromEntries(roles.map((role) => [role, record[mapping[role]]])),
  );
  const told = await tally(bench, files, input);
  expect(told.rows).toBe(20_000);
  expect(told.cells.length).toBeGreaterThan(1_000);
  expect(sorted(told)).toEqual(sorted(modelTally(customers, 0, { ...input, isNumber: true, mapped: roles })));
});
