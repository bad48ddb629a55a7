import { type Cancellation, type Run, type RunPhase, runSpeed } from '@junction/contracts';
import { counted, sizeInWords, spanInWords } from './sizes.ts';
import { formatNumber } from './words.ts';

export const phaseWords: Readonly<Record<RunPhase, string>> = {
  waiting: 'Waiting for a worker',
  preparing: 'Reading the metadata',
  counting: 'Counting rows',
  moving: 'Moving data',
  publishing: 'Publishing',
  over: 'Over',
};

export const triggerWords: Readonly<Record<Run['trigger'], string>> = {
  manual: 'On demand',
  schedule: 'By its schedule',
};

/** "On demand by Ada Admin". */
export const askedWords = ({ trigger, requestedBy }: Run): string =>
  `${triggerWords[trigger]}${requestedBy === null ? '' : ` by ${requestedBy.name}`}`;

const reasonWords: Readonly<Record<Cancellation['because'], string>> = {
  person: 'Canceled',
  connectionRemoved: 'Canceled, because the connection was removed',
  connectionDetached: 'Canceled, because the connection was detached',
  connectionChanged: 'Canceled, because the export was connected elsewhere',
  sourceRemoved: 'Canceled, because a source was removed',
  exportRemoved: 'Canceled, because the export was removed',
};

/** "Canceled, because the connection was removed, by Ada Admin". */
export const cancellationWords = ({ because, by }: Cancellation): string =>
  by === null ? reasonWords[because] : `${reasonWords[because]}${because === 'person' ? '' : ','} by ${by.name}`;

/** How much of the run is done, 0 to 1; undefined while that is not known. */
export const shareDone = ({ phase, progress: { bytesRead, bytesTotal, parts } }: Run): number | undefined => {
  if (phase !== 'moving' && phase !== 'counting') return phase === 'publishing' ? 1 : undefined;
  if (bytesTotal !== null && bytesTotal > 0) return Math.min(1, bytesRead / bytesTotal);
  return parts.total === 0 ? undefined : parts.done / parts.total;
};

/** How long a run has taken, or takes until now, in seconds; undefined before it has started. */
export const runSeconds = ({ startedAt, finishedAt }: Run, now: Date): number | undefined =>
  startedAt === null
    ? undefined
    : Math.max(0, (finishedAt === null ? now.getTime() : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000;

/** "Tries again in 12 s"; undefined while it does not wait for that. */
export const retryWords = ({ retryAt }: Pick<Run, 'retryAt'>, now: Date): string | undefined => {
  if (retryAt === null) return undefined;
  const seconds = Math.ceil((Date.parse(retryAt) - now.getTime()) / 1000);
  return seconds > 0 ? `Tries again in ${spanInWords(seconds)}` : 'Tries again';
};

const isCounting = ({ phase }: Run): boolean => phase === 'moving' || phase === 'counting';

const leftWords = (run: Run, now: Date): string[] => {
  const speed = runSpeed(run, now);
  if (speed === null) return [];
  const left = speed.secondsLeft === null || speed.secondsLeft === 0 ? [] : [`${spanInWords(speed.secondsLeft)} left`];
  return [`${sizeInWords(speed.bytesPerSecond)}/s`, ...left];
};

/** What a run is at: "Moving data: 45 MB of 120 MB, 12,000 rows, 3 of 12 parts, 12 MB/s, 7 s left". */
export const progressWords = (run: Run, now: Date): string => {
  const { bytesRead, bytesTotal, rowsWritten, parts } = run.progress;
  const again = retryWords(run, now);
  if (again !== undefined || !isCounting(run)) return again ?? phaseWords[run.phase];
  const read = bytesTotal === null ? sizeInWords(bytesRead) : `${sizeInWords(bytesRead)} of ${sizeInWords(bytesTotal)}`;
  return [
    `${phaseWords[run.phase]}: ${read}`,
    ...(rowsWritten === 0 ? [] : [counted(rowsWritten, 'row')]),
    ...(parts.total > 1 ? [`${formatNumber(parts.done)} of ${counted(parts.total, 'part')}`] : []),
    ...leftWords(run, now),
  ].join(', ');
};

/** The same where there is little room: "38%, 7 s left". */
export const shortProgressWords = (run: Run, now: Date): string => {
  const share = shareDone(run);
  const again = retryWords(run, now);
  if (again !== undefined || share === undefined || !isCounting(run)) return again ?? phaseWords[run.phase];
  return [`${Math.floor(share * 100)}%`, ...leftWords(run, now).slice(-1)].join(', ');
};
