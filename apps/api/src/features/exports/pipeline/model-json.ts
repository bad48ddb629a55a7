import type { ColumnType } from '@junction/contracts';
import { manifestPath } from './layout.ts';
import type { RunManifest } from './manifest.ts';
import type { PlannedEntity, RunPlan } from './plan.ts';

/** The words of CDM for the types that Junction tells apart: https://github.com/microsoft/CDM/blob/master/docs/schema/modeljsonschema.json */
const dataTypes: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  integer: 'int64',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  dateTime: 'dateTime',
  guid: 'guid',
  json: 'json',
  other: 'unclassified',
};

const annotation = (name: string, value: string) => ({ name, value });

const runAnnotation = 'junction:run';
const exportAnnotation = 'junction:export';

/** The columns as they are called and typed in the files. */
const attributesOf = ({ columns, choice }: PlannedEntity) => {
  const typed = new Map(columns.map(({ name, type }) => [name, dataTypes[type]]));
  const chosen = choice === 'all' ? columns.map(({ name }) => ({ name, as: name })) : choice;
  return chosen.map(({ name, as }) => ({ name: as ?? name, dataType: typed.get(name) ?? 'string' }));
};

const formatSettings = ({ format }: RunPlan) =>
  format.type === 'parquet'
    ? { $type: 'ParquetFormatSettings' }
    : {
        $type: 'CsvFormatSettings',
        columnHeaders: format.hasHeader,
        delimiter: format.delimiter,
        quoteStyle: 'QuoteStyle.Csv',
        csvStyle: 'CsvStyle.QuoteAlways',
        encoding: 'UTF-8',
      };

/** How a location names a file: as a URL where the place has any, else from the folder of model.json. */
export const toLocation = (path: string, location: string): string =>
  /^https?:\/\//i.test(location) ? location : path.split('/').map(encodeURIComponent).join('/');

/**
 * The `model.json` of an export after a run: CDM metadata of version 1.0 that names the files of this run and no others.
 * `locationOf` names a path below the connection's folder.
 */
export const toModel = (plan: RunPlan, manifest: RunManifest, locationOf: (path: string) => string) => {
  const names = plan.entities.map(({ name }) => name);
  const filesOf = (entity: PlannedEntity) => manifest.parts.filter(({ path }) => path.startsWith(`${entity.folder}/`));
  return {
    name: plan.export.name,
    description: 'Written by Junction.',
    version: '1.0',
    culture: 'en-US',
    modifiedTime: manifest.finishedAt,
    annotations: [
      annotation('junction:environment', manifest.environmentId),
      annotation(exportAnnotation, plan.export.id),
      annotation(runAnnotation, manifest.runId),
      annotation('junction:manifest', manifestPath('', manifest.runId).slice(1)),
    ],
    entities: plan.entities.map((entity, index) => {
      const files = filesOf(entity);
      return {
        $type: 'LocalEntity',
        // Two sources may each have an entity of this name; in one model it is one entity.
        name: names.indexOf(entity.name) === index ? entity.name : entity.folder,
        description: '',
        annotations: [annotation('rowCount', String(files.reduce((rows, file) => rows + file.rows, 0)))],
        attributes: attributesOf(entity),
        partitions: files.map(({ path, rows }) => ({
          name: path.split('/').at(-1),
          refreshTime: manifest.finishedAt,
          location: toLocation(path, locationOf(`${plan.folder}/${path}`)),
          annotations: [annotation('rowCount', String(rows))],
          fileFormatSettings: formatSettings(plan),
        })),
      };
    }),
  };
};

/** A model longer than this is not read. */
export const longestModel = 64 * 1024 * 1024;

/** Which run of which export a model names the files of, and where it says they are; undefined for what is none of ours. */
export const readModel = (bytes: Uint8Array): { exportId: string; runId: string } | undefined => {
  try {
    const { annotations } = JSON.parse(Buffer.from(bytes).toString()) as { annotations?: unknown };
    const all = annotations as { name?: unknown; value?: unknown }[];
    const stated = (name: string) => all.find((one) => one.name === name)?.value;
    const [exportId, runId] = [stated(exportAnnotation), stated(runAnnotation)];
    return typeof exportId === 'string' && typeof runId === 'string' ? { exportId, runId } : undefined;
  } catch {
    return undefined;
  }
};
