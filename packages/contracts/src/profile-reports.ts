import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { listOf } from './lists.ts';
import { RunProblem } from './runs.ts';
import { Id, Timestamp } from './scalars.ts';

const tag = 'Profiles';

/** What is known of customers that a report is about, in the order it is told; the names of the columns' roles. */
export const profileTraits = ['gender', 'birthDate', 'country', 'city', 'postalCode', 'income'] as const;
export const ProfileTrait = z.enum(profileTraits);
export type ProfileTrait = z.infer<typeof ProfileTrait>;

/** The charts of a report. Each is also what the whole report can be filtered by; `city` is inside one country. */
export const profileCharts = ['gender', 'age', 'country', 'city', 'income'] as const;
export const ProfileChart = z.enum(profileCharts);
export type ProfileChart = z.infer<typeof ProfileChart>;

/**
 * The keys of bars that stand for no single value: `unknown` has the people of whom nothing is known or nothing could be understood, `others`
 * those of values too rare for a bar of their own.
 */
export const unknownBar = 'unknown';
export const othersBar = 'others';

/**
 * A bar. Keys: gender `female`, `male`, `other`; age the lower bound of its ten years (`30`; `100` is open); country ISO 3166-1 alpha-2;
 * city its name; income `from-to`, either of which is left out where the band is open.
 */
export const ProfileBar = z.object({
  key: z.string(),
  /** How many people; null where it is hidden because it, or a bar that it could be worked out from, has too few. */
  people: z.int().nullable(),
});
export type ProfileBar = z.infer<typeof ProfileBar>;

export const ProfileBars = z.object({
  bars: z.array(ProfileBar),
  /** How many people the bars are about, hidden ones included; null where that is hidden itself. */
  people: z.int().nullable(),
  /** The median in years or in the column's currency, of those that are known; only while nothing filters, and null for too few. */
  median: z.number().nullable(),
});
export type ProfileBars = z.infer<typeof ProfileBars>;

/** What was found in the data that a reader of the report should know. */
export const profileNoteCodes = [
  'duplicateIds',
  'missingIds',
  'birthDatesUnreadable',
  'birthDatesInFuture',
  'birthDatesPlaceholder',
  'agesOver120',
  'gendersNotUnderstood',
  'countriesNotUnderstood',
  'incomesUnreadable',
  'incomesNegative',
  'rowsMalformed',
] as const;

export const ProfileNote = z.object({
  code: z.enum(profileNoteCodes),
  /** How many rows; null where they are too few to tell. */
  rows: z.int().nullable(),
});
export type ProfileNote = z.infer<typeof ProfileNote>;

export const ProfileReport = z.object({
  connection: z.object({ id: Id, name: z.string() }),
  /** Names this version of the report: the import that it is from. */
  id: Id,
  /** When the customers were written, as the lake says. */
  dataAsOf: Timestamp.nullable(),
  importedAt: Timestamp,
  /** The last import that came to nothing after this one; the report is the last good one then. */
  failedSince: z.object({ at: Timestamp, problem: RunProblem }).nullable(),
  /** All unified profiles, whatever filters. */
  profiles: z.int(),
  /** As of the import before; null for the first one. */
  previousProfiles: z.int().nullable(),
  /** Those that pass the filters; null where they are too few to tell. */
  matching: z.int().nullable(),
  /** Groups of fewer people than this are hidden. */
  threshold: z.int(),
  /** Null for a chart whose column is not there, and for cities while no country is chosen. */
  charts: z.object({
    gender: ProfileBars.nullable(),
    age: ProfileBars.nullable(),
    country: ProfileBars.nullable(),
    city: ProfileBars.nullable(),
    income: ProfileBars.nullable(),
  }),
  /** Whatever filters: the recognised columns, and of how many people each says something; null where that is hidden. */
  completeness: z.array(z.object({ trait: ProfileTrait, column: z.string(), filled: z.int().nullable() })),
  /** Of each import that read the lake, oldest first. */
  trend: z.array(z.object({ at: Timestamp, profiles: z.int() })),
  notes: z.array(ProfileNote),
});
export type ProfileReport = z.infer<typeof ProfileReport>;

const key = z.string().min(1).max(200).optional();
/** One bar of each chart at most. `city` needs `country`. */
export const ProfileFilter = z
  .strictObject({ gender: key, age: key, country: key, city: key, income: key })
  .refine(({ city, country }) => city === undefined || country !== undefined, {
    path: ['city'],
    error: 'Choose the country of the city, too.',
  });
export type ProfileFilter = z.infer<typeof ProfileFilter>;

/** A report, or the connection that will have one after its first import. */
export const ProfileReportRef = z.object({
  connection: z.object({ id: Id, name: z.string() }),
  profiles: z.int().nullable(),
  dataAsOf: Timestamp.nullable(),
  importedAt: Timestamp.nullable(),
  /** The last import came to nothing. */
  hasFailed: z.boolean(),
});
export type ProfileReportRef = z.infer<typeof ProfileReportRef>;

/** Reports that one environment can have: as many as connections to audience insights, of which nobody has more. */
export const maximumProfileReports = 200;

export const listProfileReports = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/profile-reports',
  action: 'profile:read',
  summary: 'The customer profile reports that you were given access to, by name',
  tag,
  response: listOf(ProfileReportRef),
});

export const getProfileReport = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/profile-reports/:connectionId',
  action: 'profile:read',
  summary: 'A customer profile report, whole or filtered by bars; that you looked is recorded',
  tag,
  query: ProfileFilter,
  response: ProfileReport,
});
