import type * as z from 'zod';
import type { CatalogEntity, CatalogPartition, CatalogProblem } from './catalog.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { unknownOf } from './clean.ts';
import { catalogLimits } from './limits.ts';
import { type RawEntity, type RawModel, RawPartition, RawReferenceModel, timeFrom } from './raw.ts';
import { readColumns } from './read-columns.ts';
import { readFormat } from './read-format.ts';
import { readLocation } from './read-location.ts';
import { rowCountOf } from './read-row-count.ts';

/** The model that an entity stands in. */
export type EntityHome = {
  /** Relative to the folder that was read. */
  model: string;
  /** The folder of the model inside the container. */
  folder: string;
  raw: z.output<typeof RawModel>;
  files: CatalogFiles;
};

const knownKeys = new Set(['$type', 'name', 'description', 'attributes', 'partitions']);

const readPartition = (raw: RawPartition, index: number, { folder, files }: EntityHome): CatalogPartition => {
  const { location, path, problem } = readLocation(raw.location, folder, files);
  const fileName = (path ?? location).split('/').at(-1) ?? '';
  const read = readFormat(raw.fileFormatSettings, fileName);
  const refreshTime = timeFrom(raw.refreshTime);
  const ownProblem = problem ?? read.problem;
  return {
    name: raw.name?.trim() || fileName || `Partition ${index + 1}`,
    location,
    ...(path !== undefined && { path }),
    format: read.format,
    ...(refreshTime !== undefined && { refreshTime }),
    ...(ownProblem !== undefined && { problem: ownProblem }),
  };
};

/** Whether the entity has rows of its own to be read. */
const typeProblem = (entity: RawEntity, { raw }: EntityHome): CatalogProblem | undefined => {
  if (entity.$type === 'LocalEntity') return undefined;
  if (entity.$type !== 'ReferenceEntity') {
    const stated = entity.$type === undefined ? 'no $type' : `the $type "${entity.$type}"`;
    return {
      code: 'entityTypeUnknown',
      message: `The entity has ${stated}; only a LocalEntity can be read.`,
      remedy: 'Have its writer correct $type in the metadata.',
    };
  }
  const models = (raw.referenceModels ?? []).map((one) => RawReferenceModel.parse(one));
  const place = models.find(({ id }) => id !== undefined && id === entity.modelId)?.location;
  const where =
    place === undefined ? `of the model ${entity.modelId ?? '(not named)'}` : `in ${place.split(/[?#]/)[0]}`;
  return {
    code: 'referenceEntity',
    message: `The entity only refers to "${entity.source ?? '(not named)'}" ${where}.`,
    remedy: 'Read the folder of that model instead.',
  };
};

const tooManyPartitions = (count: number): CatalogProblem => ({
  code: 'tooManyPartitions',
  message: `The entity has ${count} partitions; at most ${catalogLimits.partitions} can be read.`,
  remedy: 'Have its writer join partitions.',
});

/** An entity without partitions has no rows; one whose partitions are something else than a list may have some. */
const partitionsUnlisted = (json: object): CatalogProblem | undefined => {
  const stated: unknown = 'partitions' in json ? json.partitions : undefined;
  if (stated === undefined || stated === null || Array.isArray(stated)) return undefined;
  return {
    code: 'partitionsUnlisted',
    message: 'What the entity has for partitions is no list.',
    remedy: 'Have its writer correct the partitions in the metadata.',
  };
};

/** What the metadata says of an entity; nothing of its files is known yet. */
export const readEntity = (entity: RawEntity & { name: string }, json: object, home: EntityHome): CatalogEntity => {
  const columns = entity.attributes === undefined && entity.$type !== 'LocalEntity' ? [] : entity.attributes;
  const read = readColumns(columns);
  const stated = entity.partitions ?? [];
  const isCut = stated.length > catalogLimits.partitions;
  const raw = stated.slice(0, catalogLimits.partitions).map((one) => RawPartition.parse(one));
  const partitions = raw.map((one, index) => readPartition(one, index, home));
  const counted = isCut ? [] : raw.map(({ annotations }) => annotations);
  const rowCount = rowCountOf(entity.annotations, counted);
  const refreshedAt = partitions.reduce<string | undefined>(
    (latest, { refreshTime }) => (refreshTime !== undefined && refreshTime > (latest ?? '') ? refreshTime : latest),
    undefined,
  );
  const problem =
    typeProblem(entity, home) ??
    read.problem ??
    partitionsUnlisted(json) ??
    (isCut ? tooManyPartitions(stated.length) : undefined);
  return {
    model: home.model,
    name: entity.name,
    ...(entity.description && { description: entity.description }),
    columns: read.columns,
    partitions,
    ...(rowCount !== undefined && { rowCount }),
    ...(refreshedAt !== undefined && { refreshedAt }),
    ...(problem !== undefined && { problem }),
    unknown: unknownOf(json, knownKeys),
  };
};
