import type { Fault, LakeEmulator } from '@junction/lake-emulator';
import type { Db } from '../../platform/db.ts';
import { wait } from '../../platform/wait.ts';
import type { Workers } from './workers.ts';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const randomOf = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Something bad, after so many steps that workers have taken. */
export type Deed = { afterSteps: number } & (
  | { kind: 'kill'; place: number }
  | { kind: 'stop'; place: number; ms: number }
  | { kind: 'disconnect'; share: number }
  | { kind: 'storage'; fault: Fault; times: number }
);

/** How much work is done between two deeds, more or less: a slow machine is not disturbed more for being slow. */
const stepsBetween = 6;
/** How often is looked how far the work is. */
const lookEveryMs = 200;
/** Well within a lease, so that whoever wakes up goes on; and beyond it, so that it has lost everything. */
const stopsMs = [4_000, 24_000];

/** What storage does, to how many requests at most: throttled, broken, cut off, or slow. */
const storageFaults: readonly { fault: Fault; times: number }[] = [
  { fault: { status: 503, code: 'ServerBusy', retryAfterSeconds: 1 }, times: 4 },
  { fault: { status: 500, code: 'InternalError' }, times: 4 },
  { fault: { reset: true }, times: 4 },
  { fault: { truncateBodyAfterBytes: 100 }, times: 4 },
  { fault: { latencyMs: 400 }, times: 30 },
];

/** What happens how often, of so many. */
const urn: readonly Deed['kind'][] = [
  ...Array<'storage'>(6).fill('storage'),
  'kill',
  'stop',
  'disconnect',
  'disconnect',
];

/** Bad things without end, to so many workers: the same ones for the same seed. */
export function* deeds(seed: number, workers: number): Generator<Deed> {
  const random = randomOf(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const any = <Thing>(things: readonly Thing[]): Thing => things[below(things.length)] as Thing;
  for (;;) {
    const kind = any(urn);
    const afterSteps = 1 + below(2 * stepsBetween);
    if (kind === 'kill') yield { kind, afterSteps, place: below(workers) };
    else if (kind === 'stop') yield { kind, afterSteps, place: below(workers), ms: any(stopsMs) };
    else if (kind === 'disconnect') yield { kind, afterSteps, share: 1 + below(3) };
    else {
      const { fault, times } = any(storageFaults);
      yield { kind, afterSteps, fault, times: 1 + below(times) };
    }
  }
}

/** Drops every connection to the database, or every second or third one. */
const disconnect = (db: Db, share: number) => db.$executeRaw`
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
   WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid % ${share}::integer = 0`;

/** How many steps workers have taken: each counts a fence up. */
const stepsTaken = async (db: Db): Promise<number> => {
  const [row] = await db.$queryRaw<{ steps: number }[]>`
    SELECT (COALESCE((SELECT sum("fence") FROM "Run"), 0) + COALESCE((SELECT sum("fence") FROM "RunPart"), 0))::integer AS "steps"`;
  return row?.steps ?? 0;
};

type World = { db: Db; workers: Workers; emulator: LakeEmulator; seed: number; signal: AbortSignal };

/**
 * Kills and stops workers, drops connections to the database and makes storage slow, throttled and flaky, until the signal fires. Then
 * everybody is awake again and nothing is broken. Tells how often it did what.
 */
export const haunt = async ({ db, workers, emulator, seed, signal }: World): Promise<Record<Deed['kind'], number>> => {
  const done = { kill: 0, stop: 0, disconnect: 0, storage: 0 };
  const asleep = new Map<number, Promise<void>>();
  const stop = (place: number, ms: number): boolean => {
    if (asleep.has(place)) return false;
    workers.stop(place);
    const waking = wait(ms, signal).then(() => {
      asleep.delete(place);
      workers.resume(place);
    });
    asleep.set(place, waking);
    return true;
  };
  const act = async (deed: Deed): Promise<boolean> => {
    if (deed.kind === 'kill') workers.kill(deed.place);
    else if (deed.kind === 'stop') return stop(deed.place, deed.ms);
    else if (deed.kind === 'storage') emulator.addFault({ match: { times: deed.times }, fault: deed.fault });
    // Its own connection may have been dropped before: then the others stay for this time.
    else await disconnect(db, deed.share).catch(() => undefined);
    return true;
  };
  let steps = 0;
  for (const deed of deeds(seed, workers.count)) {
    steps += deed.afterSteps;
    while (!signal.aborted && (await stepsTaken(db).catch(() => 0)) < steps) await wait(lookEveryMs, signal);
    if (signal.aborted) break;
    if (await act(deed)) done[deed.kind] += 1;
  }
  await Promise.all(asleep.values());
  emulator.clearFaults();
  return done;
};
