import type { ProfileImportPhase, ProfileImportRun, ProfileImportStatus } from '@junction/contracts';
import { retryWords, triggerWords } from '../../../lib/run-words.ts';
import { counted, sizeInWords, spanInWords } from '../../../lib/sizes.ts';

const phaseWords: Readonly<Record<ProfileImportPhase, string>> = {
  waiting: 'Waiting for a worker',
  verify: 'Verifying the connection',
  catalog: 'Reading the metadata',
  read: 'Reading the customers',
  aggregate: 'Making the report',
  publish: 'Publishing the report',
  over: 'Over',
};

/** How profile data stands, where it is told beside something else. */
export const standingWords: Readonly<Record<ProfileImportStatus, string>> = {
  waiting: 'Profiles waiting',
  verifying: 'Importing profiles',
  importing: 'Importing profiles',
  active: 'Profiles imported',
  actionRequired: 'Profiles: action required',
  failing: 'Profiles failing',
};

/** How often a lake can be looked at in the forms, in hours; the API takes others too. */
export const offeredHours = [1, 6, 12, 24] as const;

/** "every hour", "every 6 hours", "once a day". */
export const everyWords = (hours: number): string =>
  hours === 1 ? 'every hour' : hours === 24 ? 'once a day' : `every ${hours} hours`;

/** "1 customer profile", "1,200 customer profiles". */
export const profileCount = (count: number): string => counted(count, 'customer profile');

/** "1 person", "12 people". */
export const peopleCount = (count: number): string => counted(count, 'person', 'people');

/** Whether an import waits or is under way. */
export const isLive = (run: Pick<ProfileImportRun, 'state'> | null): boolean =>
  run?.state === 'queued' || run?.state === 'processing';

/** How much of an import is done, 0 to 1; undefined while that is not known. */
export const shareRead = ({ phase, progress: { bytesRead, bytesTotal } }: ProfileImportRun): number | undefined => {
  if (phase === 'waiting') return 0;
  if (phase === 'aggregate' || phase === 'publish') return 1;
  return phase === 'read' && bytesTotal !== null && bytesTotal > 0 ? Math.min(1, bytesRead / bytesTotal) : undefined;
};

/** What an import is at: "Reading the customers: 45 MB of 120 MB, 12,000 rows". */
export const importProgressWords = (run: ProfileImportRun, now: Date): string => {
  const again = retryWords(run, now);
  if (again !== undefined) return again;
  const { bytesRead, bytesTotal } = run.progress;
  if (run.phase !== 'read' || bytesRead === 0) return phaseWords[run.phase];
  const read = bytesTotal === null ? sizeInWords(bytesRead) : `${sizeInWords(bytesRead)} of ${sizeInWords(bytesTotal)}`;
  return `${phaseWords.read}: ${read}`;
};

/** "On demand by Ada Admin · 40 s". */
export const importInWords = ({ trigger, requestedBy, startedAt, finishedAt }: ProfileImportRun): string => {
  const asked = `${triggerWords[trigger]}${requestedBy === null ? '' : ` by ${requestedBy.name}`}`;
  if (startedAt === null || finishedAt === null) return asked;
  return `${asked} · ${spanInWords(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}`;
};
