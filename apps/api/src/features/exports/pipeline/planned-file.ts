import type { CatalogPartition } from '@junction/cdm';
import type { StoredChoice } from '../rules.ts';
import { type Doing, permanent } from './failures.ts';
import type { PlannedFile } from './plan.ts';

const doing: Doing = { phase: 'preparing' };

/** Why an entity cannot be read whose source is not there any more. */
export const sourceRemoved = ({ name, sourceName }: StoredChoice) =>
  permanent(
    {
      code: 'sourceRemoved',
      message: `The connection "${sourceName}", which "${name}" is read from, was removed.`,
      remedy: 'Restore the connection, or take the entity out of the export.',
    },
    { ...doing, entity: name },
  );

/** What a run can be pinned to: a catalog without problems has it of every partition. */
export const plannedFile = (entity: string, { name, path, etag, bytes, format }: CatalogPartition): PlannedFile => {
  if (path !== undefined && etag !== undefined && bytes !== undefined)
    return { name: path.split('/').at(-1) ?? name, path, etag, bytes, format };
  const message = `Nothing is known of the file of the partition "${name}".`;
  const remedy = 'Have the writer of the metadata refresh the entity.';
  throw permanent({ code: 'partitionUnreadable', message, remedy }, { ...doing, entity, file: name });
};
