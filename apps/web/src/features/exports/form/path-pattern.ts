import type { ExportFormat } from '@junction/contracts';

const endings: Readonly<Record<ExportFormat['type'], string>> = {
  csv: '.csv',
  csvGzip: '.csv.gz',
  parquet: '.parquet',
};

type Parts = {
  environmentId: string;
  folder: string;
  exportName: string;
  entityName: string;
  format: Pick<ExportFormat, 'type'>;
};

/**
 * Where a run writes the files of an entity, below the folder of the connection. The date and time are those of the run, in
 * UTC; files are numbered from 1. Container and base folder are settings of the connection, which contributors do not see.
 */
export const pathPattern = ({ environmentId, folder, exportName, entityName, format }: Parts): string =>
  [
    `Junction_${environmentId}`,
    ...(folder === '' ? [] : [folder]),
    exportName,
    entityName,
    '<yyyy>/<MM>/<dd>/<HHmm>',
    `${entityName}_<n>${endings[format.type]}`,
  ].join('/');
