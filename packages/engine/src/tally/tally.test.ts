import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tallied, TallyInput, TallyTrait } from '../index.ts';
import { type Bench, csvFormat, failureOf, never, openBench, selectionOf } from '../testing/bench.ts';
import { customerLine, customerTypes, tally, tallyInput } from '../testing/tally-bench.ts';
import type { CustomerText } from '../testing/tally-model.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const linesOf = (customers: readonly CustomerText[]) => customers.map(customerLine).join('');
const tallyOf = async (customers: readonly CustomerText[], different: Partial<TallyInput> = {}): Promise<Tallied> =>
  tally(bench, [await bench.file('customers.csv', linesOf(customers))], tallyInput(different));

/** What is left in the engine's folder beside the sources. */
const leftovers = async (): Promise<string[]> => [
  ...(await readdir(bench.folder)).filter((name) => !/^output|^spill$|[.](csv|parquet)$/.test(name)),
  ...(await readdir(join(bench.folder, 'spill'))),
];

/** What is odd of the only customer, or the one value that was understood. */
const toldOf = async (trait: TallyTrait, text: string, different: Partial<TallyInput> = {}): Promise<unknown> => {
  const { odd, ages, incomes, cells, filled } = await tallyOf([{ [trait]: text }], different);
  expect(filled[trait]).toBe(1);
  const [found] = Object.entries(odd).filter(([, rows]) => rows > 0);
  if (found) return found[0];
  if (trait === 'birthDate') return ages[0]?.years;
  return trait === 'income' ? incomes[0]?.value : cells[0]?.[trait as 'gender' | 'country' | 'city'];
};

describe('a value', () => {
  it.each([
    ['1980-05-17', 46],
    ['2026-11-22', 0],
    ['1980-11-22', 46],
    ['1980-11-23', 45],
    ['2000-02-29', 26],
    ['1980-11-22T23:59:59.9999999+14:00', 46],
    [' 1980-05-17T00:00:00Z ', 46],
    ['05/17/1980', 46],
    ['5/17/1980 12:00:00 AM', 46],
    ['05/17/1980 00:00:00', 46],
    ['1906-11-22', 120],
    ['1905-11-22', 'agesOver120'],
    ['2026-11-23', 'birthDatesInFuture'],
    ['1900-01-01', 'birthDatesPlaceholder'],
    ['0001-01-01T00:00:00', 'birthDatesPlaceholder'],
    ['1/1/1900', 'birthDatesPlaceholder'],
    ['17.05.1980', 'birthDatesUnreadable'],
    ['1980-02-30', 'birthDatesUnreadable'],
    ['17/05/1980', 'birthDatesUnreadable'],
    ['infinity', 'birthDatesUnreadable'],
  ])('is a birth date: %s', async (text, told) => {
    expect(await toldOf('birthDate', text)).toBe(told);
  });

  it.each([
    ['1234.56', 1230],
    ['1,234.56', 1230],
    ['1.234,56', 1230],
    ['1 234', 1230],
    ['1 235,00', 1240],
    ['€ 50.000', 50_000],
    ['50.000 EUR', 50_000],
    ['$1,234,567', 1_230_000],
    ['12,34,567', 1_230_000],
    ["CHF 50'500", 50_500],
    ['0', 0],
    ['0.5', 0.5],
    ['1.5E4', 15_000],
    ['-1', 'incomesNegative'],
    ['-€ 5', 'incomesNegative'],
    ['50k', 'incomesUnreadable'],
    ['50 k€', 'incomesUnreadable'],
    ['n/a', 'incomesUnreadable'],
    ['1.23.4', 'incomesUnreadable'],
    ['9e17', 'incomesUnreadable'],
  ])('is an income: %s', async (text, told) => {
    expect(await toldOf('income', text)).toBe(told);
  });

  it('is an income with three digits after the point where the column is one of numbers', async () => {
    const { columns } = selectionOf({ ...customerTypes, income: 'decimal' });
    expect(await toldOf('income', '50.125', { columns })).toBe(50.1);
    expect(await toldOf('income', '50.125')).toBe(50_100);
  });

  it.each([
    ['gender', ' FEMALE\t', 'female'],
    ['gender', 'Non-Binary', 'other'],
    ['gender', 'unknown', 'gendersNotUnderstood'],
    ['country', 'ÖSTERREICH', 'AT'],
    ['country', '日本', 'JP'],
    ['country', 'Atlantis', 'countriesNotUnderstood'],
    ['city', ' New \u00a0 York ', 'New York'],
    ['city', 'x'.repeat(5_000), 'x'.repeat(100)],
  ] as const)('is a %s: %j', async (trait, text, told) => {
    expect(await toldOf(trait, text)).toBe(told);
  });

  it.each(Object.keys(customerTypes).slice(1) as TallyTrait[])('is no %s where there are but spaces', async (trait) => {
    const { filled, odd, cells } = await tallyOf([{ [trait]: ' \u00a0\t' }, {}]);
    expect(filled[trait]).toBe(0);
    expect(Object.values(odd).every((rows) => rows === 0)).toBe(true);
    expect(cells).toEqual([{ gender: null, age: null, country: null, city: null, income: null, rows: 2 }]);
  });
});

describe('a cell', () => {
  it('has bands: ten years, and the edges that an income reaches', async () => {
    const { cells } = await tallyOf([
      { birthDate: '1996-11-22', income: '9999.994' },
      { birthDate: '1996-11-23', income: '10000' },
      { birthDate: '1910-01-01', income: '1e6' },
    ]);
    expect(cells.map(({ age, income, rows }) => [age, income, rows])).toEqual([
      [20, 2, 1],
      [30, 1, 1],
      [100, 5, 1],
    ]);
  });

  it('has the name of a city as most write it in that country', async () => {
    const people = (country: string, city: string, rows: number) =>
      Array.from({ length: rows }, () => ({ country, city }));
    const { cells } = await tallyOf([
      ...people('Germany', 'münchen', 2),
      ...people('Deutschland', 'München', 3),
      ...people('Germany', 'MÜNCHEN', 1),
      ...people('Japan', 'MÜNCHEN', 1),
    ]);
    expect(cells.map(({ country, city, rows }) => [country, city, rows])).toEqual([
      ['DE', 'München', 6],
      ['JP', 'MÜNCHEN', 1],
    ]);
  });

  it('names the 500 largest cities only', async () => {
    const customers = Array.from({ length: 600 }, (_, index) => ({ city: `City ${index}`, country: 'Japan' }));
    const { cells } = await tallyOf([...customers, ...customers.slice(100)]);
    expect(cells).toHaveLength(501);
    expect(cells.find(({ city }) => city === '\u0000')?.rows).toBe(100);
    expect(cells.some(({ city }) => city === 'City 99')).toBe(false);
  });
});

describe('a tally', () => {
  it('knows ids that come again, within a file and in another one, and those that are missing', async () => {
    const files = [
      await bench.file('1.csv', linesOf([{ id: 'a' }, { id: 'b' }, { id: 'a' }, { id: '' }])),
      await bench.file('2.csv', linesOf([{ id: 'b' }, { id: 'A' }, { id: null }, { id: ' ' }])),
    ];
    expect((await tally(bench, files)).ids).toEqual({ missing: 3, repeated: 2 });
    expect((await tally(bench, files, tallyInput({ mapping: { city: 'city' } }))).ids).toBeNull();
  });

  it('tells of what is mapped only, and counts rows where nothing is', async () => {
    const customers = [{ id: '1', gender: 'F', city: 'Wien' }];
    const some = await tallyOf(customers, { mapping: { gender: 'gender' } });
    expect(some.filled).toEqual({ gender: 1 });
    expect(some.cells).toEqual([{ gender: 'female', age: null, country: null, city: null, income: null, rows: 1 }]);
    expect(await tallyOf(customers, { mapping: {} })).toMatchObject({ rows: 1, ids: null, filled: {} });
  });

  it('of no customer is one of zeros', async () => {
    expect(await tallyOf([])).toMatchObject({
      rows: 0,
      malformed: 0,
      ids: { missing: 0, repeated: 0 },
      cells: [],
      ages: [],
    });
  });

  it('reads Parquet by its types', async () => {
    const types = { ...customerTypes, birthDate: 'date', income: 'decimal' };
    const csv = await bench.file(
      'rows.csv',
      `1,F,1980-05-17,Germany,Berlin,10115,50.125\n2,M,1990-01-01,Japan,東京,,\n`,
    );
    const { content } = await bench.transform([csv], selectionOf(types), { type: 'parquet' });
    const file = await bench.file('rows.parquet', content, { type: 'parquet' });
    const told = await tally(bench, [file, csv], tallyInput({ columns: selectionOf(types).columns }));
    expect(told).toMatchObject({ rows: 4, ids: { missing: 0, repeated: 2 }, filled: { birthDate: 4, income: 2 } });
    expect(told.ages).toEqual([
      { years: 36, rows: 2 },
      { years: 46, rows: 2 },
    ]);
    expect(told.incomes).toEqual([{ value: 50.1, rows: 2 }]);
  });

  it('reads gzip and other encodings, and several files at once', async () => {
    const text = linesOf([{ id: '1', country: 'Österreich' }]);
    const files = [
      await bench.file('1.csv', text),
      await bench.file('2.csv', Buffer.from(text, 'utf16le'), csvFormat({ encoding: 'utf-16le' })),
    ];
    const open = await bench.engine.openTally(tallyInput(), never);
    expect(await open.add(files, never)).toEqual({ rows: 2, malformed: 0 });
    const { cells } = await open.finish(never);
    open.close();
    expect(cells.map(({ country, rows }) => [country, rows])).toEqual([['AT', 2]]);
  });

  it('makes groups that come again to one, however many files there are', async () => {
    const open = await bench.engine.openTally(tallyInput(), never);
    const places = Array.from({ length: 300_000 }, (_, index) => ({ city: `${index}` }));
    const large = await bench.file('1.csv', linesOf(places));
    const small = await bench.file('2.csv', linesOf([{ city: '7' }]));
    for (const file of [large, small, large, small, small]) await open.add([file], never);
    const { rows, cells } = await open.finish(never);
    open.close();
    expect(rows).toBe(600_003);
    expect(cells.find(({ city }) => city === '7')?.rows).toBe(5);
    expect(cells.reduce((sum, cell) => sum + cell.rows, 0)).toBe(rows);
  });
});

describe('rows that are malformed', () => {
  const ragged = `${customerLine({ id: '1' })}too,few\n${customerLine({ id: '2' })}`;
  const open = '3,"never closed,,,,,\n4,,,,,,\n';

  it('are left out and counted', async () => {
    const files = [
      await bench.file('1.csv', ragged),
      await bench.file('2.csv', Buffer.concat([Buffer.from(open), Buffer.of(0xff, 0x0a)])),
    ];
    expect(await tally(bench, files)).toMatchObject({ rows: 3, malformed: 3, ids: { missing: 0, repeated: 0 } });
  });

  it('end the tally when all files together have too many, and nothing is told of it', async () => {
    const file = await bench.file('1.csv', ragged);
    const tallying = await bench.engine.openTally(tallyInput({ malformed: { policy: 'setAside', limit: 1 } }), never);
    expect(await tallying.add([file], never)).toEqual({ rows: 2, malformed: 1 });
    expect(await failureOf(tallying.add([file], never))).toMatchObject({ code: 'tooManyMalformedRows' });
    expect(await failureOf(tallying.add([file], never))).toMatchObject({ code: 'tallyEnded' });
    expect(await failureOf(tallying.finish(never))).toMatchObject({ code: 'tallyEnded' });
    tallying.close();
    expect(await leftovers()).toEqual([]);
  });

  it('end it at the first one where none is taken, named by its line', async () => {
    const file = await bench.file('1.csv', ragged);
    expect(await failureOf(tally(bench, [file], tallyInput({ malformed: { policy: 'fail' } })))).toMatchObject({
      code: 'malformedRow',
      details: { file: '1.csv', line: 2, reason: 'tooFewValues' },
    });
  });

  it('are never those with a value of another type', async () => {
    const { columns } = selectionOf({ ...customerTypes, birthDate: 'date', income: 'decimal' });
    const told = await tallyOf([{ birthDate: 'soon', income: 'much' }], { columns });
    expect(told).toMatchObject({ rows: 1, malformed: 0, odd: { birthDatesUnreadable: 1, incomesUnreadable: 1 } });
  });
});

describe('an end', () => {
  const many = linesOf(Array.from({ length: 50_000 }, (_, index) => ({ id: `${index}`, city: `City ${index}` })));

  it('leaves nothing: no file, no table, and no way to go on', async () => {
    const file = await bench.file('1.csv', many);
    const open = await bench.engine.openTally(tallyInput(), never);
    await open.add([file], never);
    await rm(file.path);
    expect((await open.finish(never)).rows).toBe(50_000);
    open.close();
    open.close();
    expect(await failureOf(open.finish(never))).toMatchObject({ code: 'tallyEnded' });
    expect(await leftovers()).toEqual([]);
  });

  it('comes by a signal at any moment', async () => {
    const file = await bench.file('1.csv', many.repeat(8));
    await expect(bench.engine.openTally(tallyInput(), AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    for (const moment of [1, 30, 90]) {
      const open = await bench.engine.openTally(tallyInput(), never);
      expect(await failureOf(open.add([file], AbortSignal.timeout(moment)))).toMatchObject({ name: 'TimeoutError' });
      expect(await failureOf(open.finish(never))).toMatchObject({ code: 'tallyEnded' });
      open.close();
      expect(await leftovers()).toEqual([]);
    }
  });

  it('comes by a file that is not there, or outside the folders', async () => {
    const file = await bench.file('1.csv', many);
    for (const [path, code] of [
      [`${file.path}x`, 'fileMissing'],
      [`${bench.folder}/../outside.csv`, 'outsideFolder'],
    ]) {
      const open = await bench.engine.openTally(tallyInput(), never);
      expect(await failureOf(open.add([file, { ...file, path: String(path) }], never))).toMatchObject({ code });
      open.close();
    }
    expect(await leftovers()).toEqual([]);
  });

  it('of one thing comes before the next one may begin', async () => {
    const file = await bench.file('1.csv', many);
    const open = await bench.engine.openTally(tallyInput(), never);
    const first = open.add([file], never);
    expect(await failureOf(open.add([file], never))).toMatchObject({ code: 'tallyEnded' });
    expect(await first).toEqual({ rows: 50_000, malformed: 0 });
    expect((await open.finish(never)).rows).toBe(50_000);
    open.close();
  });
});
