import { ProfileMapping, ProfileNote, ProfileTrait } from '@junction/contracts';
import * as z from 'zod';

/** Everything of a report that is small. It has nothing that is hidden. */
export const Summary = z.object({
  version: z.literal(1),
  threshold: z.int(),
  columns: ProfileMapping,
  bars: z.object({
    gender: z.array(z.string()),
    age: z.array(z.string()),
    income: z.array(z.string()),
    places: z.array(z.object({ key: z.string(), cities: z.array(z.string()) })),
  }),
  medians: z.object({ age: z.number().nullable(), income: z.number().nullable() }),
  completeness: z.array(z.object({ trait: ProfileTrait, column: z.string(), filled: z.int().nullable() })),
  notes: z.array(ProfileNote),
});
export type Summary = z.infer<typeof Summary>;
