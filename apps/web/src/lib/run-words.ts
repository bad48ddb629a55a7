import { type Cancellation, type Run, type RunPhase, runSpeed } from '@junction/contracts';
import { counted, sizeInWords, spanInWords } from './sizes.ts';

export const phaseWords: Readonly<Record<RunPhase, string>> = {
  waiting: 'Waiting for a worker',
  preparing: 'Reading the metadata',
  counting: 'Counting rows',
  moving: 'Moving data',
  publishing: 'Publishing the files',
  over: 'Over',
};

export const triggerWords: Readonly<Record<Run['trigger'], string>> = {
  manual: 'On demand',
  schedule: 'By its schedule',
};

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

/** What a run is at in one line: "Moving data: 45 MB of 120 MB, 12 MB/s, 7 s left". */
export const progressWords = (run: Run, now: Date): string => {
  const { bytesRead, bytesTotal, parts } = run.progress;
  if (run.retryAt !== null) return 'Waiting to try again';
  if (run.phase !== 'moving' && run.phase !== 'counting') return phaseWords[run.phase];
  const read = bytesTotal === null ? sizeInWords(bytesRead) : `${sizeInWords(bytesRead)} of ${sizeInWords(bytesTotal)}`;
  const speed = runSpeed(run, now);
  return [
    `${phaseWords[run.phase]}: ${read}`,
    ...(parts.total > 1 ? [`${parts.done} of ${counted(parts.total, 'part')}`] : []),
    ...(speed === null ? [] : [`${sizeInWords(speed.bytesPerSecond)}/s`]),
    ...(speed === null || speed.secondsLeft === null ? [] : [`${spanInWords(speed.secondsLeft)} left`]),
  ].join(', ');
};
