import type { CatalogEntity, CatalogModel, CatalogProblem } from './catalog.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { unknownOf } from './clean.ts';
import { isObject, RawEntity, RawModel, timeFrom } from './raw.ts';
import { type EntityHome, readEntity } from './read-entity.ts';
import type { ModelFile } from './read-model.ts';

const knownKeys = new Set(['name', 'version', 'modifiedTime', 'entities', 'manifestName', 'subManifests']);

const named = (raw: RawEntity): raw is RawEntity & { name: string } => (raw.name ?? '').trim() !== '';

/** So many entities are read in one go, before others in the process have their turn: about 20 ms for wide ones. */
const entitiesInOneGo = 50;

const othersTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const readAll = async (
  entities: readonly unknown[],
  home: EntityHome,
  signal: AbortSignal,
): Promise<{ read: CatalogEntity[]; unnamed: number }> => {
  const byName = new Map<string, CatalogEntity>();
  const counts = new Map<string, number>();
  let unnamed = 0;
  for (const [index, json] of entities.entries()) {
    if (index % entitiesInOneGo === entitiesInOneGo - 1) await othersTurn();
    signal.throwIfAborted();
    const raw = isObject(json) ? RawEntity.parse(json) : undefined;
    if (!isObject(json) || raw === undefined || !named(raw)) {
      unnamed += 1;
      continue;
    }
    const name = raw.name.trim();
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!byName.has(name)) byName.set(name, readEntity({ ...raw, name }, json, home));
  }
  const read = [...byName.values()].map((entity) => {
    const count = counts.get(entity.name) ?? 1;
    return count === 1 ? entity : { ...entity, problem: entity.problem ?? describedTwice(entity.name, count) };
  });
  return { read, unnamed };
};

const describedTwice = (name: string, count: number): CatalogProblem => ({
  code: 'entityTwice',
  message: `The model has ${count} entities "${name}"; the first is shown, and nothing says which one is right.`,
  remedy: 'Have its writer give each entity a name of its own.',
});

const withoutName = (count: number): CatalogProblem => ({
  code: 'entitiesUnnamed',
  message: `${count} ${count === 1 ? 'entity' : 'entities'} of the model ${count === 1 ? 'has' : 'have'} no name and ${count === 1 ? 'is' : 'are'} left out.`,
  remedy: 'Have its writer name them.',
});

const withProblems = (
  entities: readonly CatalogEntity[],
  problems: ReadonlyMap<string, CatalogProblem>,
): CatalogEntity[] =>
  entities.map((entity) => {
    const problem = problems.get(entity.name) ?? entity.problem;
    return problem === undefined ? entity : { ...entity, problem };
  });

/** Makes a model and its entities of a metadata file. `root` is the folder that was read. */
export const readEntities = async (
  file: ModelFile,
  root: string,
  files: CatalogFiles,
  signal: AbortSignal,
): Promise<{ model: CatalogModel; entities: CatalogEntity[] }> => {
  const { entry, json = {} } = file;
  const path = root === '' ? entry.path : entry.path.slice(root.length + 1);
  const raw = RawModel.parse(json);
  const folder = entry.path.split('/').slice(0, -1).join('/');
  const { read, unnamed } =
    'problem' in file
      ? { read: [], unnamed: 0 }
      : await readAll(file.entities, { model: path, folder, raw, files }, signal);
  const entities = 'problems' in file && file.problems ? withProblems(read, file.problems) : read;
  const problem = 'problem' in file ? file.problem : unnamed > 0 ? withoutName(unnamed) : undefined;
  const modifiedAt = timeFrom(raw.modifiedTime) ?? timeFrom(entry.modifiedAt);
  return {
    model: {
      path,
      ...(raw.name && { name: raw.name }),
      ...(modifiedAt !== undefined && { modifiedAt }),
      entities: read.length,
      ...(problem !== undefined && { problem }),
      unknown: unknownOf(json, knownKeys),
    },
    entities,
  };
};
