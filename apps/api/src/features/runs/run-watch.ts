import { isRunLive, watchedRuns } from '@junction/contracts';
import { AppError } from '../../platform/app-error.ts';
import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import { wait } from '../../platform/wait.ts';
import { findChanged } from './live-runs.ts';
import type { RunRow } from './select-runs.ts';

/** Everybody who watches is told about once a second. */
const lookEveryMs = 1_000;
/** Pages that one person can have open at once and follow runs in. Those beyond ask now and again. */
export const watchersPerPerson = 20;
/** Runs of one environment whose last state is remembered, to tell only what differs from it. */
const remembered = 5 * watchedRuns;

type Watcher = { personId: string; tell(rows: readonly RunRow[]): void; end(): void };
type Place = { watchers: Set<Watcher>; told: Map<string, string> };

/** Follows runs for everybody in this process who watches them. */
export type RunWatch = {
  /** Tells of runs of the environment that are new, got on or ended, until the signal fires or Junction stops. */
  follow(watcher: Omit<Watcher, 'end'> & { environmentId: string; signal: AbortSignal }): Promise<void>;
};

const asText = (row: RunRow) =>
  JSON.stringify(row, (_name, value) => (typeof value === 'bigint' ? Number(value) : value));

/** The rows that differ from what was told of them before. Of what ended nothing more is to be told, so it goes first when there is too much. */
const takeNews = ({ told }: Place, rows: readonly RunRow[]): RunRow[] => {
  const news = rows.filter((row) => {
    const text = asText(row);
    const isNew = told.get(row.id) !== text;
    told.delete(row.id);
    told.set(row.id, text);
    return isNew;
  });
  for (const id of told.keys()) {
    if (told.size <= remembered) break;
    told.delete(id);
  }
  return news;
};

/** Watches the runs of the environments that somebody follows, with one look for all of them, and only while there is somebody. */
export const createRunWatch = ({ db, log, isStopping }: { db: Db; log: Log; isStopping(): boolean }): RunWatch => {
  const places = new Map<string, Place>();
  const everybody = () => [...places.values()].flatMap(({ watchers }) => [...watchers]);

  const look = async (environmentId: string, place: Place): Promise<void> => {
    const live = [...place.told].flatMap(([id, text]) => (isRunLive(JSON.parse(text).state) ? [id] : []));
    const rows = await findChanged(db, environmentId, live);
    const news = takeNews(place, rows);
    for (let start = 0; start < news.length; start += watchedRuns)
      for (const watcher of place.watchers) watcher.tell(news.slice(start, start + watchedRuns));
  };
  let isLooking = false;
  const keepLooking = async () => {
    if (isLooking) return;
    isLooking = true;
    let hasFailed = false;
    while (places.size > 0 && !isStopping()) {
      try {
        for (const [environmentId, place] of places) await look(environmentId, place);
        hasFailed = false;
      } catch (error) {
        if (!hasFailed) log.error({ err: error }, 'watching runs failed; it is tried again and again');
        hasFailed = true;
      }
      await wait(lookEveryMs);
    }
    isLooking = false;
    if (isStopping()) for (const watcher of everybody()) watcher.end();
  };

  const follow: RunWatch['follow'] = async ({ environmentId, personId, tell, signal }) => {
    if (everybody().filter((watcher) => watcher.personId === personId).length >= watchersPerPerson) {
      throw new AppError(
        'tooManyRequests',
        `You follow runs in ${watchersPerPerson} pages already. Close some of them.`,
        {
          retryAfterSeconds: 60,
        },
      );
    }
    const place = places.get(environmentId) ?? { watchers: new Set(), told: new Map() };
    places.set(environmentId, place);
    const over = new AbortController();
    const watcher = { personId, tell, end: () => over.abort() };
    place.watchers.add(watcher);
    void keepLooking();
    await new Promise<void>((resolve) => {
      const end = AbortSignal.any([signal, over.signal]);
      end.addEventListener('abort', () => resolve(), { once: true });
      if (end.aborted) resolve();
    });
    place.watchers.delete(watcher);
    if (place.watchers.size === 0) places.delete(environmentId);
  };
  return { follow };
};
