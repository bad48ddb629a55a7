import type { CatalogPartition, PartitionFormat } from '@junction/cdm';
import { permanent } from './failures.ts';

/** A partition as it was when a run was prepared: at another ETag it is not read any more. */
export type PlannedFile = { name: string; path: string; etag: string; bytes: number; format: PartitionFormat };

/** What a run can be pinned to: a catalog without problems has it of every partition. */
export const plannedFile = (entity: string, { name, path, etag, bytes, format }: CatalogPartition): PlannedFile => {
  if (path !== undefined && etag !== undefined && bytes !== undefined)
    return { name: path.split('/').at(-1) ?? name, path, etag, bytes, format };
  const message = `Nothing is known of the file of the partition "${name}".`;
  const remedy = 'Have the writer of the metadata refresh the entity.';
  throw permanent({ code: 'partitionUnreadable', message, remedy }, { phase: 'preparing', entity, file: name });
};
