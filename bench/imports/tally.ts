import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openEngine, type TallyInput } from '../../packages/engine/src/index.ts';
import { columnNames, incomeEdges, today, words } from './customers.ts';

/** As `JUNCTION_ENGINE_MEMORY_MB` is by default. */
const memoryMb = 256;

const input: TallyInput = {
  columns: columnNames.map((name) => {
    if (name === 'BirthDate') return { name, type: 'date', dataType: 'date' };
    return name === 'AnnualIncome'
      ? { name, type: 'decimal', dataType: 'decimal' }
      : { name, type: 'text', dataType: 'string' };
  }),
  mapping: {
    id: 'CustomerId',
    gender: 'Gender',
    birthDate: 'BirthDate',
    country: 'Country',
    city: 'City',
    postalCode: 'PostalCode',
    income: 'AnnualIncome',
  },
  words: { gender: new Map(Object.entries(words.gender)), country: new Map(Object.entries(words.country)) },
  incomeEdges,
  today,
  malformed: { policy: 'setAside', limit: 1_000 },
};

const format = {
  type: 'csv',
  hasHeader: true,
  delimiter: ',',
  quoteStyle: 'QuoteStyle.Csv',
  csvStyle: 'CsvStyle.QuoteAlways',
  encoding: 'UTF-8',
} as const;

/** Tallies the files of its arguments, one after the other as an import does, and says how long it took, how much memory it held and what it found. */
const [folder = '', ...files] = process.argv.slice(2);
const never = new AbortController().signal;
const engine = await openEngine({ folder, readable: [...new Set(files.map(dirname))], memoryMb, threads: 2 });
const start = performance.now();
const tally = await engine.openTally(input, never);
for (const path of files) await tally.add([{ path, name: path, format }], never);
const told = await tally.finish(never);
const ms = performance.now() - start;
tally.close();
await engine.close();

const sum = <Item>(items: readonly Item[], of: (item: Item) => number) =>
  items.reduce((total, item) => total + of(item), 0);
const peakKib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
const found = [
  told.rows,
  told.rows - (told.ids?.repeated ?? 0),
  told.cells.length,
  sum(told.cells, ({ rows }) => rows * rows),
  sum(told.ages, ({ years, rows }) => years * rows),
  told.incomes.length,
  sum(told.cells, ({ city, rows }) => (city === '\u0000' ? rows : 0)),
  sum(Object.values(told.filled), Number) + told.odd.gendersNotUnderstood + told.odd.countriesNotUnderstood,
];
process.stdout.write(JSON.stringify({ ms, peakMb: Number(peakKib) / 1024, found }));
