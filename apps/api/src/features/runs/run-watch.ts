import { watchedRuns } from '@junction/contracts';
import { AppError } from '../../platform/app-error.ts';
import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import { wait } from '../../platform/wait.ts';
import { findChanged, findLive } from './live-runs.ts';
import type { RunRow } from './select-runs.ts';

/** Everybody who watches is told about once a second. */
const lookEveryMs = 1_000;
/** Pages that one person can have open at once and follow runs in. Those beyond ask now and again. */
export const watchersPerPerson = 20;
/** Runs of one environment whose last state is remembered, to tell only what differs from it. */
const remembered = 5 * watchedRuns;

type Tell = (rows: readonly RunRow[]) => void;
type Watcher = { personId: string; tell: Tell; end(): void };
/** What was told of a run; nothing yet of one that only a newcomer knows. */
type Told = { text: string; isLive: boolean };
type Place = { watchers: Set<Watcher>; told: Map<string, Told> };

type Follower = {
  environmentId: string;
  personId: string;
  tell: Tell;
  signal: AbortSignal;
};

/** Follows runs for everybody in this process who watches them. */
export type RunWatch = {
  /**
   * Tells of the live runs of the environment first, then of those that are new, got on or ended, until the signal fires or Junction
   * stops. Throws at once for somebody who follows very often already.
   */
  follow(follower: Follower): Promise<void>;
};

const asText = (row: RunRow) =>
  JSON.stringify(row, (_name, value) => (typeof value === 'bigint' ? Number(value) : value));

/** The rows that differ from what was told of them before. When very many are remembered, those that changed longest ago are forgotten. */
const takeNews = ({ told }: Place, rows: readonly RunRow[]): RunRow[] => {
  const news = rows.filter((row) => {
    const text = asText(row);
    const isNew = told.get(row.id)?.text !== text;
    told.delete(row.id);
    told.set(row.id, { text, isLive: row.finishedAt === null });
    return isNew;
  });
  for (const id of told.keys()) {
    if (told.size <= remembered) break;
    told.delete(id);
  }
  return news;
};

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });

/** Watches the runs of the environments that somebody follows, with one look for all of them, and only while there is somebody. */
export const createRunWatch = ({ db, log, isStopping }: { db: Db; log: Log; isStopping(): boolean }): RunWatch => {
  const places = new Map<string, Place>();
  const everybody = () => [...places.values()].flatMap(({ watchers }) => [...watchers]);

  const look = async (environmentId: string, place: Place): Promise<void> => {
    const live = [...place.told].flatMap(([id, { isLive }]) => (isLive ? [id] : []));
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

  const enter = (environmentId: string, watcher: Watcher): Place => {
    const place = places.get(environmentId) ?? { watchers: new Set(), told: new Map() };
    places.set(environmentId, place);
    place.watchers.add(watcher);
    void keepLooking();
    return place;
  };
  const leave = (environmentId: string, watcher: Watcher): void => {
    const place = places.get(environmentId);
    place?.watchers.delete(watcher);
    if (place?.watchers.size === 0) places.delete(environmentId);
  };

  const follow: RunWatch['follow'] = ({ environmentId, personId, tell, signal }) => {
    if (everybody().filter((watcher) => watcher.personId === personId).length >= watchersPerPerson) {
      const pages = `You follow runs in ${watchersPerPerson} pages already. Close some of them.`;
      throw new AppError('tooManyRequests', pages, { retryAfterSeconds: 60 });
    }
    const over = new AbortController();
    const end = AbortSignal.any([signal, over.signal]);
    // What changes while the first ones are read is told after them.
    let early: RunRow[] | undefined = [];
    const watcher: Watcher = {
      personId,
      tell: (rows) => (early ? void early.push(...rows) : tell(rows)),
      end: () => over.abort(),
    };
    const place = enter(environmentId, watcher);
    const begin = async () => {
      const live = await findLive(db, environmentId);
      for (const { id } of live) if (!place.told.has(id)) place.told.set(id, { text: '', isLive: true });
      if (end.aborted) return;
      tell(live);
      if (early && early.length > 0) tell(early);
      early = undefined;
      await ended(end);
    };
    return begin().finally(() => leave(environmentId, watcher));
  };
  return { follow };
};
