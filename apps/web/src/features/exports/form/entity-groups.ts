import type { Entity } from '@junction/contracts';

/** The entities of one group of a source. */
export type EntityGroup = { key: string; source: string; group: string; entities: Entity[] };

/** Entities as they are offered: by source, then by the group that the metadata puts them into, in the order of the list. */
export const groupsOf = (entities: readonly Entity[]): EntityGroup[] => {
  const groups = new Map<string, EntityGroup>();
  for (const entity of entities) {
    const { source, group } = entity;
    const key = JSON.stringify([source.connectionId, group]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { key, source: source.name, group, entities: [entity] });
    else known.entities.push(entity);
  }
  const sources = [...new Set(entities.map(({ source }) => source.connectionId))];
  const place = (group: EntityGroup) => sources.indexOf(group.entities[0]?.source.connectionId ?? '');
  return [...groups.values()].sort((a, b) => place(a) - place(b) || a.group.localeCompare(b.group));
};
