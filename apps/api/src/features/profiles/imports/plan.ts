import { createHash } from 'node:crypto';
import type { EntityColumn, ProfileMapping, ProfileTrait } from '@junction/contracts';
import type { CustomersNow, PlannedFile } from '../../lake/index.ts';

/** What an import reads, as it was prepared. Holds nothing of a customer. */
export type ImportPlan = {
  /** The entity as the lake calls it. */
  entity: string;
  columns: Pick<EntityColumn, 'name' | 'type' | 'dataType'>[];
  mapping: ProfileMapping;
  /** Groups of fewer people are hidden. */
  threshold: number;
  /** When the customers were written, as the lake says. */
  dataAsOf: string | null;
  fingerprint: string;
};

/** Counted up when reports are made otherwise, so that every lake is read once more. */
const reportVersion = 2;

type Made = Omit<ImportPlan, 'fingerprint' | 'dataAsOf'> & Pick<CustomersNow, 'model'>;

/** Names what a report is made of: the metadata, each file at its ETag, the mapping and the threshold. */
export const fingerprintOf = (
  { entity, model, columns, mapping, threshold }: Made,
  files: readonly PlannedFile[],
): string => {
  const read = files.map(({ path, etag, bytes, format }) => [path, etag, bytes, format]);
  const mapped = Object.entries(mapping).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const text = JSON.stringify([reportVersion, entity, model, columns, read, mapped, threshold]);
  return createHash('sha256').update(text).digest('hex');
};

/** The first trait whose column the customers do not have. */
export const missingColumn = (
  mapping: ProfileMapping,
  columns: readonly { name: string }[],
): { trait: ProfileTrait; column: string } | undefined => {
  const names = new Set(columns.map(({ name }) => name));
  const missing = Object.entries(mapping).find(([, column]) => !names.has(column));
  return missing && { trait: missing[0] as ProfileTrait, column: missing[1] };
};

/** What audience insights calls the id of a unified customer. */
const idNames = ['customerid', 'customer_id'];

/** The column that names a customer; undefined when none is known to. */
export const idColumn = (columns: readonly { name: string }[]): string | undefined =>
  columns.find(({ name }) => idNames.includes(name.toLowerCase()))?.name;
