import { type CatalogEntity, readMetadata, withFiles } from '@junction/cdm';
import { findCustomers, recogniseTraits, type SourceFiles } from '@junction/connectors/runtime';
import type { ProfileColumns } from '@junction/contracts';
import type { House } from '../../../house.ts';
import { notFound } from '../../../platform/app-error.ts';
import type { openDraft } from '../../connections/index.ts';
import {
  asStepError,
  type Doing,
  fetchBeginning,
  type PlannedFile,
  permanent,
  plannedFile,
  previewBytes,
  previewParquetBytes,
} from '../../lake/index.ts';
import { StepError } from '../../runs/index.ts';
import { shapesOf } from './shapes.ts';

type Needs = Pick<House, 'outbound' | 'clock' | 'spool' | 'engine'>;
type Opened = ReturnType<typeof openDraft>;

const doing: Doing = { phase: 'preparing' };

/** Rows whose values are looked at: enough to tell a column of dates from one of names. */
const sampleRows = 100;

const customersMissing = {
  code: 'customersMissing',
  message: 'The metadata describes no entity called Customer.',
  remedy: 'Choose the folder that audience insights has written its unified customers to.',
};

const asText = { type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false } as const;

/** The files that can be read; columns are told without any. */
const readable = ({ name, partitions }: CatalogEntity): PlannedFile[] =>
  partitions.flatMap((partition) =>
    partition.problem === undefined && partition.etag !== undefined ? [plannedFile(name, partition)] : [],
  );

/** The first rows, as text. They are gone when this has returned what is made of them. */
const sample = async (
  { spool, engine }: Needs,
  source: SourceFiles,
  customers: CatalogEntity,
  signal: AbortSignal,
): Promise<(string | null)[][]> => {
  const [known = customers] = await withFiles(source, [customers], signal);
  const files = readable(known);
  if (files.length === 0) return [];
  const needed = { least: previewBytes, likely: previewBytes + previewParquetBytes };
  return spool.use(needed, signal, async (room) => {
    const { files: begun, isTruncated } = await fetchBeginning(source, files, room);
    const selection = { columns: customers.columns, choice: 'all' as const, filter: null };
    const opened = await engine.open();
    const asked = { files: begun, selection, format: asText, limit: sampleRows, isTruncated };
    return (await opened.preview(asked, room.signal)).rows;
  });
};

/** A Parquet file that is too long for a look says nothing of its values; the columns are known all the same. */
const isTooLong = (error: unknown) => error instanceof StepError && error.problem.code === 'previewTooLong';

/** The columns of the customers in a lake, what their values look like, and what they may mean by their names. */
export const readColumns = async (
  house: Needs,
  { connector, target }: Opened,
  signal: AbortSignal,
): Promise<ProfileColumns> => {
  const folder = connector.manifest.entityFolderOf?.(target.settings);
  const source = connector.openSource?.(target, {
    signal,
    outbound: house.outbound,
    now: () => house.clock.now(),
  });
  if (folder === undefined || source === undefined) throw notFound('lake of customers');
  try {
    const customers = findCustomers(await readMetadata(source, folder, signal));
    if (customers === undefined) throw permanent(customersMissing, doing);
    if (customers.problem) throw permanent(customers.problem, doing);
    const rows = await sample(house, source, customers, signal).catch((error: unknown) => {
      if (isTooLong(error)) return [];
      throw error;
    });
    const names = customers.columns.map(({ name }) => name);
    return {
      columns: names.map((name, index) => ({ name, shapes: shapesOf(rows.map((row) => row[index] ?? null)) })),
      proposed: Object.fromEntries(recogniseTraits(names).recognised.map(({ trait, column }) => [trait, column])),
    };
  } catch (error) {
    signal.throwIfAborted();
    throw asStepError(error, doing, Object.values(target.secrets));
  } finally {
    source.close();
  }
};
