import {
  othersBar,
  type ProfileBar,
  type ProfileBars,
  type ProfileFilter,
  type ProfileReport,
  unknownBar,
} from '@junction/contracts';
import { inBreaths } from '../breath.ts';
import { shapeOfBars } from '../cube/build.ts';
import { byName } from '../cube/places.ts';
import type { Dimension, Shape } from '../cube/shape.ts';
import { hiddenCell, unpackCells } from './cells.ts';
import { Summary } from './summary.ts';

/** What a report shows, whole or filtered. */
export type ReportAnswer = Pick<ProfileReport, 'matching' | 'charts' | 'completeness' | 'notes'>;

export type OpenReport = { answer: (filter: ProfileFilter) => ReportAnswer; bytes: number };

/** The node that a filter leaves of each dimension: 0 for everybody, null for nobody. */
type Place = readonly (number | null)[];
const genderAt = 0;
const ageAt = 1;
const incomeAt = 2;
const placeAt = 3;

const nodeIn = (keys: readonly string[], key: string | undefined) => {
  if (key === undefined) return 0;
  const index = keys.indexOf(key);
  return index === -1 ? null : index + 1;
};

const placeIn = ({ places }: Summary['bars'], dimension: Dimension | undefined, { country, city }: ProfileFilter) => {
  const node = nodeIn(
    places.map(({ key }) => key),
    country,
  );
  if (!node || city === undefined) return node;
  const index = places[node - 1]?.cities.indexOf(city) ?? -1;
  return index === -1 ? null : (dimension?.firstChild[node] ?? 0) + index;
};

const isNamed = (key: string) => key !== othersBar && key !== unknownBar;

/** Those that are told by people, then hidden ones by name, then those that stand for no single place. */
const inOrderOfPlaces = (bars: readonly ProfileBar[]) => [
  ...bars
    .filter(({ key }) => isNamed(key))
    .toSorted((one, other) => (other.people ?? -1) - (one.people ?? -1) || byName(one.key, other.key)),
  ...bars.filter(({ key }) => !isNamed(key)),
];

const ask = (summary: Summary, shape: Shape, people: Float64Array) => {
  const { bars: keys, columns } = summary;

  /** How many people a filter leaves; null where that is hidden. */
  const told = (place: Place): number | null => {
    let cell = 0;
    for (const [index, { stride }] of shape.dimensions.entries()) {
      const node = place[index];
      if (node === null || node === undefined) return 0;
      cell += node * stride;
    }
    const told = people[cell] ?? hiddenCell;
    return told === hiddenCell ? null : told;
  };

  /** The bars of one dimension with everything else filtered. */
  const chart = (place: Place, at: number, names: readonly string[], inside: number | null = 0): ProfileBars => {
    const first = shape.dimensions[at]?.firstChild[inside ?? 0] ?? 0;
    return {
      bars: names.map((key, index) => ({ key, people: told(place.with(at, first + index)) })),
      people: told(place.with(at, inside)),
      median: null,
    };
  };

  return (filter: ProfileFilter): ReportAnswer => {
    const dimension = shape.dimensions[placeAt];
    const country = placeIn(keys, dimension, { country: filter.country });
    const place: Place = [
      nodeIn(keys.gender, filter.gender),
      nodeIn(keys.age, filter.age),
      nodeIn(keys.income, filter.income),
      placeIn(keys, dimension, filter),
    ];
    const isWhole = Object.values(filter).every((key) => key === undefined);
    const median = (bars: ProfileBars, value: number | null) => ({ ...bars, median: isWhole ? value : null });
    const inside = country ? (keys.places[country - 1]?.cities ?? []) : [];
    const inPlaces = (bars: ProfileBars) => ({ ...bars, bars: inOrderOfPlaces(bars.bars) });
    return {
      matching: told(place),
      charts: {
        gender: columns.gender === undefined ? null : chart(place, genderAt, keys.gender),
        age: columns.birthDate === undefined ? null : median(chart(place, ageAt, keys.age), summary.medians.age),
        country:
          columns.country === undefined
            ? null
            : inPlaces(
                chart(
                  place,
                  placeAt,
                  keys.places.map(({ key }) => key),
                ),
              ),
        city:
          columns.country === undefined || columns.city === undefined || filter.country === undefined
            ? null
            : inPlaces(chart(place, placeAt, inside, country)),
        income:
          columns.income === undefined ? null : median(chart(place, incomeAt, keys.income), summary.medians.income),
      },
      completeness: summary.completeness,
      notes: summary.notes,
    };
  };
};

/** Opens what was stored of a report, so that it can be asked. It gives way to everything else of the process while it does. */
export const openReport = async (stored: unknown, cells: Uint8Array): Promise<OpenReport> => {
  const summary = Summary.parse(stored);
  const shape = shapeOfBars(summary.bars);
  const bytes = await unpackCells.expand(cells, shape.cells);
  const people = await inBreaths(unpackCells.decode(bytes, shape.cells));
  return { answer: ask(summary, shape, people), bytes: people.byteLength };
};
