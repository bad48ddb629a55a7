import type { ProfileFilter } from '@junction/contracts';

// What somebody tries who has every number that a report tells, of every filter, and wants to know those that are hidden.

/** A number of a report: what it is about, what is told, and what is true. */
export type Told = { filter: ProfileFilter; people: number | null; truth: number };

const nameOf = ({ gender, age, income, country, city }: ProfileFilter) =>
  JSON.stringify([gender, age, income, country, city]);

const charts = ['gender', 'age', 'income', 'country', 'city'] as const;

/** The numbers by the lines that they make up: each with its parts by one chart. */
export const linesOf = (numbers: readonly Told[]): { total: Told; parts: Told[] }[] => {
  const lines = new Map<string, Told[]>();
  for (const number of numbers)
    for (const chart of charts) {
      const { filter } = number;
      // A country is divided by its cities; only without a city it is a part of everybody.
      if (filter[chart] === undefined || (chart === 'country' && filter.city !== undefined)) continue;
      const name = `${chart} ${nameOf({ ...filter, [chart]: undefined })}`;
      lines.set(name, [...(lines.get(name) ?? []), number]);
    }
  const byName = new Map(numbers.map((number) => [nameOf(number.filter), number]));
  return [...lines].map(([name, parts]) => {
    const total = byName.get(name.slice(name.indexOf(' ') + 1));
    if (!total) throw new Error(`No total of ${name}.`);
    return { total, parts };
  });
};

/** The range of each number, narrowed along all lines until nothing changes any more. */
export const rangesByLines = (numbers: readonly Told[]): Map<Told, { low: number; high: number }> => {
  const everybody = Math.max(...numbers.map(({ truth }) => truth));
  const ranges = new Map(
    numbers.map((number) => [number, { low: number.people ?? 0, high: number.people ?? everybody }]),
  );
  const range = (number: Told) => ranges.get(number) ?? { low: 0, high: everybody };
  const lines = linesOf(numbers);
  for (let isNew = true; isNew; ) {
    isNew = false;
    const narrow = (number: Told, low: number, high: number) => {
      const own = range(number);
      if (low <= own.low && high >= own.high) return;
      own.low = Math.max(low, own.low);
      own.high = Math.min(high, own.high);
      isNew = true;
    };
    for (const { total, parts } of lines) {
      const low = (list: readonly Told[]) => list.reduce((sum, part) => sum + range(part).low, 0);
      const high = (list: readonly Told[]) => list.reduce((sum, part) => sum + range(part).high, 0);
      narrow(total, low(parts), high(parts));
      for (const part of parts) {
        const others = parts.filter((other) => other !== part);
        narrow(part, range(total).low - high(others), range(total).high - low(others));
      }
    }
  }
  return ranges;
};

/** A prime whose square is still a safe integer: sums are compared modulo it, where a dependency of whole numbers shows as well. */
const prime = 94_906_249;

const inverse = (value: number): number => {
  let [base, exponent, result] = [value, prime - 2, 1];
  for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return result;
};

/** The hidden numbers that are a sum of multiples of told ones, whatever these are. */
export const linearlyKnown = (numbers: readonly Told[]): Told[] => {
  // A finest combination is one that no line divides. A number is the sum of those that agree with its filter.
  const totals = new Set(linesOf(numbers).map(({ total }) => total));
  const finest = numbers.filter((number) => !totals.has(number));
  const vectorOf = ({ filter }: Told) =>
    finest.map((fine) =>
      charts.every((chart) => filter[chart] === undefined || filter[chart] === fine.filter[chart]) ? 1 : 0,
    );
  const pivots = new Map<number, number[]>();
  const reduce = (vector: number[]) => {
    const rest: number[] = [...vector];
    for (let at = 0; at < rest.length; at++) {
      const value = rest[at] ?? 0;
      const pivot = pivots.get(at);
      if (value === 0 || !pivot) continue;
      for (let index = at; index < rest.length; index++)
        rest[index] = ((rest[index] ?? 0) + (prime - value) * (pivot[index] ?? 0)) % prime;
    }
    return rest;
  };
  for (const number of numbers) {
    if (number.people === null) continue;
    const rest = reduce(vectorOf(number));
    const at = rest.findIndex((value) => value !== 0);
    if (at === -1) continue;
    const factor = inverse(rest[at] ?? 0);
    pivots.set(
      at,
      rest.map((value) => (value * factor) % prime),
    );
  }
  return numbers.filter(
    (number) => number.people === null && number.truth > 0 && reduce(vectorOf(number)).every((value) => value === 0),
  );
};
