import type { ExportFormat } from '@junction/contracts';
import type { PlannedEntity, RunPlan } from './plan.ts';

/** What the files of a format end with. */
export const endings: Readonly<Record<ExportFormat['type'], string>> = {
  csv: '.csv',
  csvGzip: '.csv.gz',
  parquet: '.parquet',
};

/** Where an export writes, below the connection's folder. */
export const exportFolder = (one: { environmentId: string; folder: string; name: string }): string =>
  [`Junction_${one.environmentId}`, ...(one.folder === '' ? [] : [one.folder]), one.name].join('/');

/** The folder of a time in UTC, `2026/11/22/1405`; of several of one minute the second is `2026/11/22/1405_2`. */
export const timeFolder = (time: Date, ordinal: number): string => {
  const [day = '', clock = ''] = time.toISOString().split('T');
  const minute = clock.slice(0, 5).replace(':', '');
  return `${day.replaceAll('-', '/')}/${minute}${ordinal === 1 ? '' : `_${ordinal}`}`;
};

/** Where is told what a run wrote. */
export const runFolder = (folder: string, runId: string): string => `${folder}/_runs/${runId}`;

/** Where the manifest of a run is. */
export const manifestPath = (folder: string, runId: string): string => `${runFolder(folder, runId)}/manifest.json`;

/** Where the runs of an export stage what is not to be seen yet. */
export const stagingOf = (folder: string): string => `${folder}/_staging`;

/** Where the model of an export is. */
export const modelPath = (folder: string): string => `${folder}/model.json`;

/** Where an entity's files of a time are. */
export const entityFolder = (folder: string, entity: Pick<PlannedEntity, 'folder'>, time: string): string =>
  `${folder}/${entity.folder}/${time}`;

type PlannedPart = { number: number; entity: number };

/** What the file of a part is called once it is published. */
export const partName = ({ entities, format }: RunPlan, { number, entity }: PlannedPart): string => {
  const { folder, firstPart } = entities[entity] as PlannedEntity;
  return `${folder}_${number - firstPart + 1}${endings[format.type]}`;
};

/** What the rows of a part that could not be read are called once they are published. Readers of a lake pass names with `_` over. */
export const rejectedName = ({ entities }: RunPlan, { number, entity }: PlannedPart): string => {
  const { folder, firstPart } = entities[entity] as PlannedEntity;
  return `_rejected/${folder}_${number - firstPart + 1}.csv`;
};

/** Where a run stages. Names that begin with `_` are hidden from what reads a lake. */
export const staging = (folder: string, runId: string) => {
  const own = `${stagingOf(folder)}/${runId}`;
  return {
    folder: own,
    /** As whoever moves a part writes it: two who move the same one have different fences. */
    part: (number: number, fence: number, ending: string) => `${own}/parts/${number}-${fence}${ending}`,
    parts: `${own}/parts`,
    /** As the entity's folder will be. */
    ready: (entity: Pick<PlannedEntity, 'folder'>) => `${own}/ready/${entity.folder}`,
    readies: `${own}/ready`,
    /** Where a path of this run is after the run was given up. */
    givenUp: (path: string) => `${own}/given-up${path.slice(own.length)}`,
    givenUpParts: `${own}/given-up/parts`,
    givenUpReadies: `${own}/given-up/ready`,
    manifest: `${own}/manifest.json`,
    withdrawal: `${own}/withdrawal.json`,
    model: `${own}/model.json`,
  };
};
