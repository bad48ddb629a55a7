import type { Facts } from './findings/finding.ts';
import type { StoragePlace } from './storage-place.ts';

/** What every step makes its findings from. */
export type Findable = { place: StoragePlace; facts: Facts };

/** The facts of a place for requests to one of its endpoints. */
export const factsOf = (place: StoragePlace, endpoint: string): Facts => ({
  account: place.account,
  container: place.container,
  folder: place.folder,
  host: new URL(endpoint).host,
  authentication: place.sas === undefined ? 'sharedKey' : 'sas',
  hasCustomEndpoint: place.hasCustomEndpoint,
});
