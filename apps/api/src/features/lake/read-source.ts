import { type CatalogProblem, readCatalog } from '@junction/cdm';
import { StoreError } from '@junction/connectors/runtime';
import type { House } from '../../house.ts';
import { openTarget, redact } from '../connections/index.ts';
import { type Reading, readingOf } from './rules.ts';

/** Reading the metadata of one source ends after this long, whatever the other side does. */
const readDeadlineMs = 60_000;

/** Why a source could not be read. Kept with its catalog, which by that tells a reading that failed from one that saw a part only. */
export type FailedReading = CatalogProblem & { isTransient: boolean };

/** How a reading ends that did not end by itself. */
const endings = {
  notSource: {
    isTransient: false,
    message: 'The settings of the connection name no folder that entities are read from.',
    remedy: 'Edit the connection, choose the folder that entities are read from, and save.',
  },
  readTimedOut: {
    isTransient: true,
    message: `The metadata could not be read within ${readDeadlineMs / 1000} seconds.`,
    remedy: 'Choose a folder with less metadata, or see whether the other side is slow to answer.',
  },
  readBroke: {
    isTransient: true,
    message: 'Reading the metadata broke. The log of the server has the reason.',
    remedy: 'Try again; if it stays so, report it with the lines of the log.',
  },
  keepBroke: {
    isTransient: true,
    message: 'The metadata was read and could not be stored. The log of the server has the reason.',
    remedy: 'Try again; if it stays so, report it with the lines of the log.',
  },
} as const;

/** Why there is no new catalog, when it is not the source that says so. */
export const ended = (code: keyof typeof endings): FailedReading => ({ code, ...endings[code] });

/** The source as it was read, and what came of it. */
export type SourceRead = {
  source: { id: string; environmentId: string; name: string; version: number };
  outcome: Reading | { failed: FailedReading };
};

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log'>;
type OpenTarget = Extract<Awaited<ReturnType<typeof openTarget>>, { connector: unknown }>;

const readOpened = async (
  { outbound, clock, log }: Needs,
  { connector, target }: OpenTarget,
  signal: AbortSignal,
): Promise<SourceRead['outcome']> => {
  const folder = connector.manifest.entityFolderOf?.(target.settings);
  if (folder === undefined || connector.openSource === undefined) return { failed: ended('notSource') };
  const deadline = AbortSignal.timeout(readDeadlineMs);
  const stop = AbortSignal.any([signal, deadline]);
  const files = connector.openSource(target, { signal: stop, outbound, now: () => clock.now() });
  try {
    return await readingOf(await readCatalog(files, folder, stop));
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return { failed: ended('readTimedOut') };
    if (error instanceof StoreError) {
      const { code, message, remedy, isTransient } = error;
      const clean = (text: string) => redact(text, Object.values(target.secrets));
      const told = { code, message: clean(message), ...(remedy === undefined ? {} : { remedy: clean(remedy) }) };
      return { failed: { ...told, isTransient } };
    }
    // The message may quote what the store was asked with; the name and the code do not.
    const { name, code } = (error ?? {}) as { name?: string; code?: string };
    log.error({ connector: connector.manifest.type, name, code }, 'reading a source broke');
    return { failed: ended('readBroke') };
  } finally {
    files.close();
  }
};

/**
 * Reads what the metadata of a source says; a failure is an outcome too. Undefined when there is no such connection any more.
 * Rejects with the signal's reason when it fires.
 */
export const readSource = async (
  house: Needs,
  where: { environmentId: string; connectionId: string },
  signal: AbortSignal,
): Promise<SourceRead | undefined> => {
  const opened = await openTarget(house, where);
  if (opened === undefined) return undefined;
  const { id, environmentId, name, version } = opened.row;
  const source = { id, environmentId, name, version };
  if ('problem' in opened) return { source, outcome: { failed: { ...opened.problem, isTransient: false } } };
  return { source, outcome: await readOpened(house, opened, signal) };
};
