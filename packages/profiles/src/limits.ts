/** What a report is cut to, so that everything that can be asked of it fits into memory. */
export const limits = {
  /** Countries with a bar of their own; a chart with more is no chart. */
  countries: 60,
  /** Cities of one country with a bar of their own. */
  citiesOfCountry: 25,
  /** Cities with a bar of their own in all; together with the other charts about half a million numbers. */
  cities: 500,
  /** Bars of incomes. */
  incomeBands: 10,
  /** The share of people at either end whose incomes are told as `less than` and `more than`. */
  incomeTail: 0.01,
  /** A name that is longer is none. Filters take as much. */
  cityCharacters: 200,
  /** How long making or opening a report keeps everything else of the process waiting. */
  breathMs: 10,
  /** A median is told of at least this many times the threshold. */
  medianThresholds: 2,
  /** How often ranges are narrowed while looking for hidden numbers that follow from others; they settle after a few times. */
  narrowings: 40,
  /** How often a neighbour is hidden for what follows from others, before what it is a part of is hidden. */
  roundsBeside: 20,
  /** How often more is hidden until nothing follows from anything; then everything but the single charts is hidden. */
  rounds: 60,
  /** Values tried in each dimension as partners of a hidden one: many where few are combined, few where many are. */
  partners: [0, 6, 4, 3, 2],
} as const;
