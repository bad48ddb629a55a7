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

/** Something bad every so often. */
const everyMs = 1_500;
/** Longer than a lease, so that whoever wakes up has lost everything. */
const stoppedMs = 23_000;

const faults: readonly Fault[] = [
  { status: 503, code: 'ServerBusy', retryAfterSeconds: 1 },
  { status: 500, code: 'InternalError' },
  { reset: true },
  { truncateBodyAfterBytes: 100 },
  { latencyMs: 400 },
];

type World = { db: Db; workers: Workers; emulator: LakeEmulator; random: () => number; signal: AbortSignal };

const dropConnections = (db: Db) => db.$executeRaw`
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
   WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5`;

/** Kills and stops workers, drops their connections to the database and makes storage slow, throttled and flaky, until it is told to end. Tells what it did. */
export const haunt = async ({
  db,
  workers,
  emulator,
  random,
  signal,
}: World): Promise<Readonly<Record<string, number>>> => {
  const done: Record<string, number> = {};
  const sleeping: Promise<void>[] = [];
  let asleep: number | undefined;
  const any = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)] as Thing;
  const awake = () => Array.from({ length: workers.count }, (_, place) => place).filter((place) => place !== asleep);
  const deeds: Record<string, { weight: number; act: () => unknown }> = {
    storage: {
      weight: 6,
      act: () => emulator.addFault({ match: { times: 1 + Math.floor(random() * 4) }, fault: any(faults) }),
    },
    kill: { weight: 1, act: () => workers.kill(any(awake())) },
    stop: {
      weight: 1,
      act: () => {
        if (asleep !== undefined) return;
        const place = any(awake());
        asleep = place;
        workers.stop(place);
        sleeping.push(
          wait(stoppedMs, signal).then(() => {
            workers.resume(place);
            asleep = undefined;
          }),
        );
      },
    },
    database: { weight: 1, act: () => dropConnections(db).catch(() => undefined) },
  };
  const urn = Object.entries(deeds).flatMap(([name, { weight }]) => Array<string>(weight).fill(name));
  while (!signal.aborted) {
    const name = any(urn);
    done[name] = (done[name] ?? 0) + 1;
    await deeds[name]?.act();
    await wait(everyMs * (0.5 + random()), signal);
  }
  await Promise.all(sleeping);
  emulator.clearFaults();
  return done;
};
