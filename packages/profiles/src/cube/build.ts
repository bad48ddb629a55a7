import { type ProfileMapping, type ProfileTrait, unknownBar } from '@junction/contracts';
import type { Work } from '../breath.ts';
import { type CustomerTally, incomeEdges, type TallyCell } from '../tally.ts';
import { sumUp } from './count.ts';
import { chooseIncomeBands } from './income-bands.ts';
import { choosePlaces } from './places.ts';
import { type Shape, shapeOf } from './shape.ts';

/** The bars of each chart, in the order of their nodes; none for a chart whose column is not there. */
export type Bars = {
  gender: readonly string[];
  age: readonly string[];
  income: readonly string[];
  places: readonly { key: string; cities: readonly string[] }[];
};

export type Cube = { bars: Bars; shape: Shape; counts: Float64Array };

const stepsBetweenBreaths = 1 << 12;

const genders = ['female', 'male', 'other'];
const lastAge = 100;
const yearsOfBand = 10;

/** The shape of a cube follows from its bars, so that both are stored as one. */
export const shapeOfBars = ({ gender, age, income, places }: Bars): Shape =>
  shapeOf([gender.map(() => 0), age.map(() => 0), income.map(() => 0), places.map(({ cities }) => cities.length)]);

/** All bands between the youngest and the oldest one, empty ones too, so that a gap tells what a zero would. */
const ageBars = (cells: readonly TallyCell[]) => {
  const bands = cells.flatMap(({ age }) => (age === null ? [] : [age]));
  const lowest = bands.reduce((least, band) => Math.min(least, band), lastAge);
  const highest = bands.reduce((most, band) => Math.max(most, band), 0);
  const bars: string[] = [];
  for (let band = lowest; band <= highest; band += yearsOfBand) bars.push(String(band));
  return bars;
};

/** What no bar could show counts as nothing known. */
const onlyKnownValues = (cell: TallyCell): TallyCell => ({
  ...cell,
  gender: cell.gender !== null && genders.includes(cell.gender) ? cell.gender : null,
  age: cell.age !== null && cell.age >= 0 && cell.age <= lastAge && cell.age % yearsOfBand === 0 ? cell.age : null,
});

/** The bars of incomes, and which one a fine band is in. */
const incomeBars = (cells: readonly TallyCell[]) => {
  const fine = incomeEdges.map(() => 0).concat(0);
  for (const { income, rows } of cells) if (income !== null) fine[income] = (fine[income] ?? 0) + rows;
  return fine.some((rows) => rows > 0) ? chooseIncomeBands(fine) : { keys: [], bandOf: () => 0 };
};

/** Counts customers by every combination of values that a report can be asked for. */
export function* buildCube(tally: CustomerTally, threshold: number, columns: ProfileMapping): Work<Cube> {
  const all = tally.cells.filter(({ rows }) => rows > 0).map(onlyKnownValues);
  if (all.reduce((sum, { rows }) => sum + rows, 0) !== tally.rows) throw new Error('The tally does not add up.');
  // Of fewer people than the threshold not even the names of their values are told.
  const cells = tally.rows < threshold ? [] : all;
  const has = (trait: ProfileTrait) => columns[trait] !== undefined;
  const barsOf = (trait: ProfileTrait, known: readonly string[], isUnknown: (cell: TallyCell) => boolean) =>
    has(trait) ? [...known, ...(cells.some(isUnknown) ? [unknownBar] : [])] : [];
  yield;
  const bands = incomeBars(cells);
  const places = yield* choosePlaces(cells, { threshold, hasCities: has('city') });
  const bars: Bars = {
    gender: barsOf(
      'gender',
      genders.filter((key) => cells.some(({ gender }) => gender === key)),
      ({ gender }) => gender === null,
    ),
    age: barsOf('birthDate', ageBars(cells), ({ age }) => age === null),
    income: barsOf('income', bands.keys, ({ income }) => income === null),
    places: has('country') ? places.countries : [],
  };
  const shape = shapeOfBars(bars);
  const [gender, age, income, place] = shape.dimensions;
  if (!(gender && age && income && place)) throw new Error('A cube has four dimensions.');
  const counts = new Float64Array(shape.cells);

  /** The node of a bar; a chart without bars has only everybody. */
  const node = (keys: readonly string[], key: string | null) => keys.indexOf(key ?? unknownBar) + 1;
  const bandNode = (index: number | null) =>
    bars.income.length === 0 ? 0 : index === null ? bars.income.length : bands.bandOf(index) + 1;
  let steps = 0;
  for (const cell of cells) {
    if (++steps % stepsBetweenBreaths === 0) yield;
    const at = places.placeOf(cell);
    const country = bars.places.length === 0 ? 0 : at.country + 1;
    const inside = place.children[country] ?? 0;
    const placed = country > 0 && inside > 0 ? (place.firstChild[country] ?? 0) + at.city : country;
    const index =
      node(bars.gender, cell.gender) * gender.stride +
      node(bars.age, cell.age === null ? null : String(cell.age)) * age.stride +
      bandNode(cell.income) * income.stride +
      placed * place.stride;
    counts[index] = (counts[index] ?? 0) + cell.rows;
  }
  if (cells.length === 0) counts[0] = tally.rows;
  yield* sumUp(shape, counts);
  return { bars, shape, counts };
}
