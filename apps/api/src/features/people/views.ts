import type { Actor, Me, Theme } from '@junction/contracts';
import { can } from '@junction/contracts';
import { versionTag } from '../../platform/versions.ts';

type PersonRow = { id: string; name: string; email: string; theme: string; timeZone: string; version: number };

/** The signed-in person as they see themselves. */
export const toMe = (person: PersonRow, memberships: Actor['memberships']): Me => ({
  id: person.id,
  name: person.name,
  email: person.email,
  theme: person.theme as Theme,
  timeZone: person.timeZone,
  canCreateEnvironments: can({ ...person, sessionId: '', memberships }, 'environment:create'),
  etag: versionTag(person.version),
});
