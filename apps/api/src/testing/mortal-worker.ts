import type { Connector } from '@junction/connectors/runtime';
import { createCheckLimits } from '../features/connections/index.ts';
import type { RunSteps } from '../features/runs/index.ts';
import type { House } from '../house.ts';
import type { EngineDoor } from '../platform/engine.ts';
import { workOff } from './fake-run-steps.ts';
import type { TestHouse } from './house.ts';
import { type Interposer, interposed, Killed, killer } from './interposed.ts';

/** What of the database decides how a step goes on: claims, and what steps came to. */
const decisive = new Set<string | symbol>(['$transaction', '$queryRaw']);

const forEver = () => new Promise<never>(() => {});

/** A database that nothing of a dead worker reaches: its calls never come back. */
const mortalDb = <Part extends object>(part: Part, between: Interposer, seen: { isDead: boolean }): Part => {
  const call = async (name: string | symbol, perform: () => Promise<unknown>) => {
    if (seen.isDead) return forEver();
    if (!decisive.has(name)) return perform();
    return between(String(name), async () => perform()).catch((error: unknown) => {
      if (error instanceof Killed) return forEver();
      throw error;
    });
  };
  return new Proxy(part, {
    get: (of, name) => {
      const value: unknown = Reflect.get(of, name);
      if (typeof value === 'function')
        return (...given: unknown[]) => call(name, () => Reflect.apply(value, of, given) as Promise<unknown>);
      return typeof value === 'object' && value !== null ? mortalDb(value, between, seen) : value;
    },
  });
};

/** What became of a worker: how many calls it made, and at which one it was killed. */
export type Fate = { calls: number; diedAt: string | undefined };

type Death = {
  at: number;
  when: 'before' | 'after';
  /** The house's own unless another one is given. */
  engine?: EngineDoor;
  /** What the worker does in the steps of runs. */
  stepsOf(house: House): RunSteps;
};

/**
 * Has a worker take steps until nothing is due, or until it is killed: before or after its `at`-th call to a source, to the destination or to the
 * database. Nothing that it does afterwards reaches any of them.
 */
export const workUntilKilled = async (
  house: TestHouse,
  connectors: readonly Connector[],
  { at, when, engine = house.engine, stepsOf }: Death,
): Promise<Fate> => {
  const { interposer, seen, died } = killer(at, when);
  const db = mortalDb(house.db, interposer, seen);
  const mortal = {
    ...house,
    db,
    connectors: connectors.map((connector) => interposed(connector, () => interposer)),
    checkLimits: createCheckLimits(),
    engine,
  };
  const working = workOff({ ...mortal, runSteps: stepsOf(mortal) }, 'first');
  const diedAt = await Promise.race([working.then(() => undefined), died]);
  return { calls: seen.calls, diedAt };
};
