import type { EntityChoice } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { type FoundEntity, findEntities } from '../lake/index.ts';

/** The entities among the chosen ones that are there, and the connections that they are read from. */
export const findChosen = async (
  tx: Tx,
  environmentId: string,
  choices: readonly EntityChoice[],
): Promise<{ found: FoundEntity[]; sourceIds: string[] }> => {
  const ids = [...new Set(choices.map(({ entityId }) => entityId))];
  const found = ids.length === 0 ? [] : await findEntities(tx, environmentId, ids);
  return { found, sourceIds: [...new Set(found.map(({ connectionId }) => connectionId))] };
};

/** Those whose source is held, by id: the others were removed while the locks were taken. */
export const stillThere = (
  found: readonly FoundEntity[],
  sources: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, FoundEntity> =>
  new Map(found.filter(({ connectionId }) => sources.has(connectionId)).map((entity) => [entity.id, entity]));
