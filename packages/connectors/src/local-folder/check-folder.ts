import { randomBytes } from 'node:crypto';
import { rm, rmdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult } from '@junction/contracts';
import { startCheckRun, type Verdict } from '../check-run.ts';
import type { CheckContext } from '../connector.ts';
import { errnoOf, LocalFailure, unless, verdictOfError } from './failure.ts';
import { type Facts, type FindingCode, verdictOf } from './findings.ts';
import { localFolderManifest } from './manifest.ts';
import { nameBeside } from './own-names.ts';
import { type LocalPlace, localPlace } from './place.ts';
import { putFile } from './put-file.ts';
import { readWhole } from './read-file.ts';

const probeBytes = 64;

/** Less than this, and the next export is more likely to fail than not. */
const leastFreeBytes = 256 * 1024 * 1024;

const inWords = (bytes: number): string =>
  bytes >= 1e9
    ? `${(bytes / 1e9).toLocaleString('en', { maximumFractionDigits: 1 })} GB`
    : `${Math.round(bytes / 1e6)} MB`;

/** What a check has made, to be removed when it is over. */
type Traces = { folders: string[]; probe?: string };

const isInTheWay = (error: unknown): boolean =>
  errnoOf(error) === 'ENOTDIR' || (error instanceof LocalFailure && error.finding === 'pathConflict');

/** `folder`: it is there or can be made. What is made to find that out is removed at the end of the check. */
const openFolder = async (place: LocalPlace, traces: Traces): Promise<FindingCode> => {
  const made = await unless(
    isInTheWay,
    place.folderToMake('', (folder) => traces.folders.push(folder)),
  );
  if (made === undefined || !(await stat(made)).isDirectory()) return 'folderIsFile';
  return traces.folders.length === 0 ? 'folderFound' : 'folderCanBeMade';
};

/** `write`: a small file is written as exports are, read back, compared and deleted. */
const tryWriting = async (place: LocalPlace, traces: Traces, signal: AbortSignal): Promise<FindingCode> => {
  const content = randomBytes(probeBytes);
  const probe = nameBeside(join(await place.at(''), 'probe'), 'check');
  traces.probe = probe;
  await putFile(probe, content, signal);
  const found = await readWhole(probe, content.length * 2, signal);
  if (found === undefined || !content.equals(found)) return 'readBackDiffers';
  await rm(probe);
  traces.probe = undefined;
  return 'probePassed';
};

/** `space`: how much is free for the user that Junction runs as. Some network drives say nothing, or zero of everything. */
const measureSpace = async (place: LocalPlace): Promise<{ code: FindingCode; free?: string }> => {
  const { bavail, bsize, blocks } = await statfs(await place.at(''));
  if (blocks === 0) return { code: 'spaceUnknown' };
  return { code: bavail * bsize < leastFreeBytes ? 'spaceLow' : 'spaceLeft', free: inWords(bavail * bsize) };
};

const cleanUp = async ({ probe, folders }: Traces): Promise<void> => {
  const ignore = () => undefined;
  if (probe !== undefined) await rm(probe, { force: true }).catch(ignore);
  // Deepest first and only while empty: what somebody else has put there meanwhile stays.
  for (const folder of folders.toReversed()) await rmdir(folder).catch(ignore);
};

/** Checks a folder below the operator's: whether it can be opened or made, written to, and has room. */
export const checkLocalFolder = async (
  { settings: { folder } }: { settings: { folder: string } },
  context: CheckContext,
): Promise<CheckResult> => {
  const run = startCheckRun(localFolderManifest.steps, context);
  const place = localPlace(context.outbound.localRoot, folder);
  const traces: Traces = { folders: [] };
  const facts: Facts = { folder };
  const judged = async (work: Promise<FindingCode>): Promise<Verdict> => {
    try {
      return verdictOf(await work, facts);
    } catch (error) {
      run.signal.throwIfAborted();
      return verdictOfError(error, facts);
    }
  };

  run.step('root', [], () => judged(place.root().then(() => 'rootFound')));
  run.step('folder', ['root'], () => judged(openFolder(place, traces)));
  run.step('write', ['folder'], (signal) => judged(tryWriting(place, traces, signal)));
  run.step('space', ['folder'], () =>
    judged(
      measureSpace(place).then(({ code, free }) => {
        facts.free = free;
        return code;
      }),
    ),
  );

  const result = await run.finish();
  await cleanUp(traces);
  return result;
};
