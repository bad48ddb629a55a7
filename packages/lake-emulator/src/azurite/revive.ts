import type { BlobDocument, ContainerDocument } from './azurite-types.ts';

const PROPERTY_DATES = ['creationTime', 'lastModified', 'accessTierChangeTime'] as const;
const LEASE_DATES = ['leaseExpireTime', 'leaseBreakTime'] as const;

const toDate = (holder: object, name: string): void => {
  const value: unknown = Reflect.get(holder, name);
  if (typeof value === 'string') Reflect.set(holder, name, new Date(value));
};

/** The index is kept as JSON, which forgets that times are dates; this brings them back after loading. */
export const reviveDocument = (document: BlobDocument | ContainerDocument): void => {
  for (const name of PROPERTY_DATES) toDate(document.properties, name);
  for (const name of LEASE_DATES) toDate(document, name);
};
