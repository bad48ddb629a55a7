import fc from 'fast-check';
import { expect, it } from 'vitest';
import { literal } from '../duckdb/sql-text.ts';
import { birthDate, income } from '../testing/odd-customers.ts';
import { askDuckDb } from '../testing/read-back.ts';
import { tallyInput } from '../testing/tally-bench.ts';
import { modelTally } from '../testing/tally-model.ts';
import { noAge, withYears } from './birth-dates-sql.ts';
import { noIncome, withIncome } from './incomes-sql.ts';

const input = tallyInput();

/** What a text is, for people who compare: a word of `odd`, or what was understood. */
const modelled = (trait: 'birthDate' | 'income', text: string, isNumber = false): string => {
  const told = modelTally([{ [trait]: text }], 0, { ...input, isNumber, mapped: [trait] });
  const [odd] = Object.entries(told.odd).find(([, rows]) => rows > 0) ?? [];
  const [age, amount] = [told.ages[0]?.years, told.incomes[0]?.value];
  return odd ?? String(age ?? (amount === undefined ? 'nothing' : `${amount} in band ${told.cells[0]?.income}`));
};

const birthDateWords = new Map<unknown, string>([
  [noAge.unreadable, 'birthDatesUnreadable'],
  [noAge.inFuture, 'birthDatesInFuture'],
  [noAge.placeholder, 'birthDatesPlaceholder'],
  [noAge.over120, 'agesOver120'],
  [null, 'nothing'],
]);
const incomeWords = new Map<unknown, string>([
  [noIncome.unreadable, 'incomesUnreadable'],
  [noIncome.negative, 'incomesNegative'],
  [null, 'nothing'],
]);

const valuesOf = (texts: readonly string[], name: string): string =>
  `SELECT ${name} FROM (VALUES ${texts.map((text) => `(${literal(text)})`).join(', ')}) AS listed(${name})`;

const many = <Text>(text: fc.Arbitrary<Text>) => fc.uniqueArray(text, { minLength: 300, maxLength: 300, size: 'max' });
const bounds = { numRuns: 4, endOnFailure: true };

it('reads whatever a birth date may be written like', async () => {
  await fc.assert(
    fc.asyncProperty(many(birthDate), async (texts) => {
      const rows = await askDuckDb(`SELECT born, years FROM (${withYears(valuesOf(texts, 'born'), input.today)})`);
      const found = rows.map(([text, years]) => [text, birthDateWords.get(years) ?? String(years)]);
      expect(found).toEqual(rows.map(([text]) => [text, modelled('birthDate', text ?? '')]));
    }),
    bounds,
  );
});

it.each([true, false])('reads whatever an income may be written like; in a column of numbers: %s', async (isNumber) => {
  await fc.assert(
    fc.asyncProperty(many(income), async (texts) => {
      const sql = withIncome(valuesOf(texts, 'earned'), input.incomeEdges, isNumber);
      const rows = await askDuckDb(`SELECT earned, income::DOUBLE, band FROM (${sql})`);
      const found = rows.map(([text, cents, band]) => [
        text,
        incomeWords.get(cents) ?? `${Number(cents) / 100} in band ${band}`,
      ]);
      expect(found).toEqual(rows.map(([text]) => [text, modelled('income', text ?? '', isNumber)]));
    }),
    bounds,
  );
});
