import {
  othersBar,
  type ProfileBars,
  type ProfileReport,
  type ProfileReportRef,
  unknownBar,
} from '@junction/contracts';

export const lake = { id: '01990000-0000-7000-8000-0000000000c1', name: 'Contoso customers' };

/** Bars from their numbers; null is a hidden one. */
export const barsOf = (
  numbers: Readonly<Record<string, number | null>>,
  median: number | null = null,
): ProfileBars => ({
  bars: Object.entries(numbers).map(([key, people]) => ({ key, people })),
  people: Object.values(numbers).reduce<number>((sum, people) => sum + (people ?? 0), 0),
  median,
});

/** The report of 20,000 profiles, of which everything is known that can be. */
export const aReport = (changes: Partial<ProfileReport> = {}): ProfileReport => ({
  connection: lake,
  id: '01990000-0000-7000-8000-0000000000d1',
  dataAsOf: '2026-11-20T04:10:00Z',
  importedAt: '2026-11-21T12:00:00Z',
  failedSince: null,
  profiles: 20_000,
  previousProfiles: 18_766,
  matching: 20_000,
  threshold: 5,
  charts: {
    gender: barsOf({ female: 10_234, male: 8_512, other: null, [unknownBar]: 1_254 }),
    age: barsOf(
      {
        10: 310,
        20: 2_870,
        30: 4_420,
        40: 4_105,
        50: 3_380,
        60: 2_240,
        70: 1_190,
        80: 402,
        90: null,
        100: 0,
        [unknownBar]: 1_083,
      },
      43,
    ),
    country: barsOf({
      DE: 6_120,
      US: 4_980,
      FR: 2_310,
      GB: 2_204,
      ES: 1_020,
      PL: 0,
      LI: null,
      [othersBar]: 2_150,
      [unknownBar]: 1_216,
    }),
    city: null,
    income: barsOf(
      { '-20000': 1_820, '20000-50000': 7_410, '50000-100000': 5_630, '100000-': 2_040, [unknownBar]: 3_100 },
      48_200,
    ),
  },
  completeness: [
    { trait: 'gender', column: 'Gender', filled: 18_746 },
    { trait: 'birthDate', column: 'BirthDate', filled: 18_917 },
    { trait: 'country', column: 'Country', filled: 18_784 },
    { trait: 'city', column: 'City', filled: 17_000 },
    { trait: 'income', column: 'AnnualIncome', filled: 16_900 },
  ],
  trend: [
    { at: '2026-11-01T12:00:00Z', profiles: 15_000 },
    { at: '2026-11-14T12:00:00Z', profiles: 18_766 },
    { at: '2026-11-21T12:00:00Z', profiles: 20_000 },
  ],
  notes: [],
  ...changes,
});

/** What the list says of a report. */
export const refOf = (report: ProfileReport): ProfileReportRef => ({
  connection: report.connection,
  profiles: report.profiles,
  dataAsOf: report.dataAsOf,
  importedAt: report.importedAt,
  hasFailed: report.failedSince !== null,
});
