import type { Facts } from './findings/finding.ts';
import type { StoragePlace } from './storage-place.ts';

/** What every step makes its findings from. */
export type Findable = { place: StoragePlace; facts: Facts };

const identityFacts = ({ identity, tenantId, clientId }: StoragePlace): Partial<Facts> =>
  (identity && {
    identity: identity.words(),
    tenantId,
    clientId,
    objectId: identity.objectId(),
    authorityHost: identity.authorityHost,
    when: identity.expiresAt?.toISOString(),
  }) ??
  {};

/** The facts of a place for requests to one of its endpoints. */
export const factsOf = (place: StoragePlace, endpoint: string): Facts => ({
  account: place.account,
  container: place.container,
  folder: place.folder,
  host: new URL(endpoint).host,
  authentication: place.authentication,
  hasCustomEndpoint: place.hasCustomEndpoint,
  ...identityFacts(place),
});
