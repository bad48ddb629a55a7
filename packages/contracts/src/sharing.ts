import * as z from 'zod';
import type { Role } from './access.ts';
import { Id, PersonRef } from './scalars.ts';

/** Who may use a connection for exports; admins always may. */
export const SharedWith = z.enum(['admins', 'adminsAndContributors', 'namedContributors']);
export type SharedWith = z.infer<typeof SharedWith>;

/** People that one connection can be shared with by name; more than that are better served by sharing it with all contributors. */
export const maximumNamedContributors = 200;

/** The choice as it is made: the people count only with `namedContributors`, which needs at least one. */
export const Sharing = z
  .strictObject({
    sharedWith: SharedWith,
    personIds: z
      .array(Id)
      .max(maximumNamedContributors, { error: `Name at most ${maximumNamedContributors} people.` })
      .transform((ids) => [...new Set(ids)])
      .default([]),
  })
  .refine(({ sharedWith, personIds }) => sharedWith !== 'namedContributors' || personIds.length > 0, {
    path: ['personIds'],
    error: 'Name at least one contributor, or choose Administrators.',
  });
export type Sharing = z.infer<typeof Sharing>;

/** The same as admins see it: the people by name, none unless it is shared by name. */
export const SharingView = z.object({ sharedWith: SharedWith, people: z.array(PersonRef) });
export type SharingView = z.infer<typeof SharingView>;

/** The one rule of who may use a connection: admins always, contributors when it is shared with them, viewers never. */
export const mayUse = (
  person: { id: string; role: Role },
  { sharedWith, personIds }: { sharedWith: SharedWith; personIds: readonly string[] },
): boolean => {
  if (person.role === 'admin') return true;
  if (person.role !== 'contributor') return false;
  return (
    sharedWith === 'adminsAndContributors' || (sharedWith === 'namedContributors' && personIds.includes(person.id))
  );
};
