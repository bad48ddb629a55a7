import { type Actor, can, type Me, PersonKind, type Theme } from '@junction/contracts';
import type { House } from '../../house.ts';
import { versionTag } from '../../platform/versions.ts';

type PersonRow = {
  id: string;
  kind: string;
  name: string;
  email: string;
  passwordHash: string | null;
  identity: { providerId: string; email: string } | null;
  theme: string;
  timeZone: string;
  version: number;
};

/** The name of an identity provider; that of one which is no longer configured is not known any more. */
const nameOf = ({ identityProviders }: Pick<House, 'identityProviders'>, providerId: string): string =>
  identityProviders.find(({ id }) => id === providerId)?.name ?? providerId;

/** Whoever asks, as they see themselves. */
export const toMe = (
  house: Pick<House, 'identityProviders'>,
  { identity, ...person }: PersonRow,
  memberships: Actor['memberships'],
): Me => ({
  id: person.id,
  kind: PersonKind.parse(person.kind),
  name: person.name,
  email: person.email,
  hasPassword: person.passwordHash !== null,
  identity: identity && { provider: nameOf(house, identity.providerId), email: identity.email },
  theme: person.theme as Theme,
  timeZone: person.timeZone,
  canCreateEnvironments: can(
    {
      id: person.id,
      name: person.name,
      email: person.email,
      sessionId: '',
      memberships,
      isService: person.kind === 'service',
    },
    'environment:create',
  ),
  etag: versionTag(person.version),
});
