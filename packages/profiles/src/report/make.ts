import { type ProfileMapping, type ProfileTrait, unknownBar } from '@junction/contracts';
import { inBreaths, type Work } from '../breath.ts';
import { buildCube, type Cube } from '../cube/build.ts';
import type { Dimension } from '../cube/shape.ts';
import { hideCells } from '../hiding/hide.ts';
import type { CustomerTally } from '../tally.ts';
import { packCells } from './cells.ts';
import { factsOf } from './facts.ts';
import { medianOf } from './median.ts';
import type { Summary } from './summary.ts';

export type ReportOptions = {
  /** Groups of fewer people are hidden. */
  threshold: number;
  columns: ProfileMapping;
};

/** What is stored of a report. */
export type StoredReport = { summary: Summary; cells: Uint8Array };

/** The dimension of each trait that has bars, in the order of a cube. */
const dimensionOf: Partial<Record<ProfileTrait, number>> = { gender: 0, birthDate: 1, income: 2, country: 3 };

function* work(
  tally: CustomerTally,
  { threshold, columns }: ReportOptions,
): Work<{ summary: Summary; bytes: Uint8Array }> {
  const cube: Cube = yield* buildCube(tally, threshold, columns);
  const { bars, shape, counts } = cube;
  const hidden = yield* hideCells(cube, threshold);
  const told = (cell: number) => (hidden[cell] === 1 ? null : (counts[cell] ?? 0));
  /** What is told of a value by itself; nobody has one that is not there. */
  const bar = (dimension: Dimension | undefined, keys: readonly string[], key: string) =>
    dimension && keys.includes(key) ? told((keys.indexOf(key) + 1) * dimension.stride) : 0;
  const keysOf = [bars.gender, bars.age, bars.income, bars.places.map(({ key }) => key)];
  const place = shape.dimensions[3];
  const { completeness, notes } = factsOf(tally, {
    threshold,
    columns,
    unknown: (trait) => {
      const index = dimensionOf[trait];
      return index === undefined ? undefined : bar(shape.dimensions[index], keysOf[index] ?? [], unknownBar);
    },
    unknownCities: bars.places.flatMap(({ cities }, index) => {
      const at = cities.indexOf(unknownBar);
      return place && at >= 0 ? [told(((place.firstChild[index + 1] ?? 0) + at) * place.stride)] : [];
    }),
    lowestIncome: bars.income[0] === undefined ? undefined : bar(shape.dimensions[2], bars.income, bars.income[0]),
  });
  const summary: Summary = {
    version: 1,
    threshold,
    columns,
    bars: {
      gender: [...bars.gender],
      age: [...bars.age],
      income: [...bars.income],
      places: bars.places.map(({ key, cities }) => ({ key, cities: [...cities] })),
    },
    medians: {
      age: medianOf(
        tally.ages.map(({ years, rows }) => ({ value: years, rows })),
        threshold,
      ),
      income: medianOf(tally.incomes, threshold),
    },
    completeness,
    notes,
  };
  return { summary, bytes: yield* packCells.encode(counts, hidden) };
}

/** Makes a report of aggregates. It gives way to everything else of the process while it does, and ends with the reason of the signal. */
export const makeReport = async (
  tally: CustomerTally,
  options: ReportOptions,
  signal?: AbortSignal,
): Promise<StoredReport> => {
  const { summary, bytes } = await inBreaths(work(tally, options), signal);
  return { summary, cells: await packCells.compress(bytes) };
};
