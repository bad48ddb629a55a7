import { type Connector, StoreError } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endCleaning } from '../../../testing/chaos/hasten.ts';
import { judge, readLedger } from '../../../testing/chaos/judge.ts';
import type { TestClient } from '../../../testing/client.ts';
import { signedIn } from '../../../testing/factories.ts';
import { endLeases, endWaits, workOff } from '../../../testing/fake-run-steps.ts';
import { interposed } from '../../../testing/interposed.ts';
import { workUntilKilled } from '../../../testing/mortal-worker.ts';
import { createRunSteps } from './index.ts';
import { type FolderWorld, openFolderWorld } from './testing/folder-world.ts';
import type { PlaceKind } from './testing/places.ts';
import { simpleEngine } from './testing/simple-engine.ts';

// A worker is killed before and after everything that it asks of a source, a destination or the database, from the claim of a run to its
// last cleaning, and another one goes on. Whatever the point, the run ends as one does that nobody disturbs.

const tables = { Customer: ['1,Ada\n2,Grace\n', '3,Joan\n'], Order: ['1,First\n'] };
const rows = { Customer: ['1,Ada', '2,Grace', '3,Joan'], Order: ['1,First'] };

/** All points take minutes: every so many of them is tried, unless all are asked for with TEST_POINTS=all. */
const isAll = process.env.TEST_POINTS === 'all';
const stride = isAll ? 1 : 5;
const timeout = isAll ? 20 * 60_000 : 3 * 60_000;
const places: readonly PlaceKind[] = isAll ? ['local-folder', 'adls-gen2', 'azure-blob'] : ['local-folder'];
/** A run that is not over after so often is stuck. */
const rounds = 20;

/** Folders of entities cannot get their names: what is moved aside can. */
const refusing = (connector: Connector): Connector =>
  interposed(connector, () => async (name, perform, given) => {
    if (name === 'moveFolder' && !String(given?.[1]).includes('/_staging/'))
      throw new StoreError({ code: 'folderForbidden', message: 'Not there.', isTransient: false });
    return perform();
  });

type Story = {
  ends: 'successful' | 'failed' | 'skipped';
  limits: contract.RowLimits;
  wrap: (connector: Connector) => Connector;
};

/** Every kind of step is in one of these. */
const stories: Readonly<Record<string, Story>> = {
  'is published': { ends: 'successful', limits: { minimum: 1, maximum: 4 }, wrap: (connector) => connector },
  'cannot be published': { ends: 'failed', limits: { minimum: null, maximum: null }, wrap: refusing },
  'has too many rows': { ends: 'skipped', limits: { minimum: null, maximum: 3 }, wrap: (connector) => connector },
};

describe.each(places)('a run to %s', (place) => {
  let world: FolderWorld;
  let ask: TestClient;
  beforeAll(async () => {
    world = await openFolderWorld({ place });
    await world.fill(tables);
    const { ownerId } = await world.house.db.environment.findFirstOrThrow();
    ask = await signedIn(world.house, ownerId);
  });
  afterAll(() => world.close());

  /** Somebody else goes on until all is over and cleaned up, as if so much time had passed. */
  const goOn = async (connectors: readonly Connector[]) => {
    const { db } = world.house;
    const second = { ...world.house, connectors, engine: simpleEngine };
    for (let round = 0; round < rounds; round += 1) {
      await db.catalog.updateMany({ data: { claimedUntil: null } });
      await endLeases(world.house);
      await endWaits(world.house);
      await endCleaning(world.house);
      await workOff({ ...second, runSteps: createRunSteps(second) }, 'second');
      if ((await db.run.count({ where: { OR: [{ finishedAt: null }, { cleanAt: { not: null } }] } })) === 0) return;
    }
    throw new Error(`A run is not over after ${rounds} rounds.`);
  };

  /** A run that one worker begins, who is killed, and another one ends; returns what became of the first, and what is wrong afterwards. */
  const runOnce = async ({ limits, wrap }: Story, at: number, when: 'before' | 'after') => {
    const { house, environmentId } = world;
    const row = await world.makeExport({ rowLimits: limits });
    const asked = await ask(contract.runExport, { params: { environmentId, exportId: row.id } });
    expect(asked.status, asked.text).toBe(201);
    const connectors = house.connectors.map(wrap);
    const fate = await workUntilKilled(house, connectors, { at, when, engine: simpleEngine, stepsOf: createRunSteps });
    await goOn(connectors);
    const ledger = await readLedger(house.db, environmentId);
    const runs = ledger.runs.filter(({ subjectId }) => subjectId === row.id);
    const files = Object.entries(await world.files(`Junction_${environmentId}/${row.name}`));
    const wrong = judge({
      accepted: new Map([[row.id, 1]]),
      runs,
      told: ledger.told,
      files: new Map(files.map(([path, text]) => [path, Buffer.from(text)])),
      rows,
    });
    return { fate, ends: runs.map(({ state }) => state), wrong };
  };

  it.each(Object.entries(stories))(
    'that %s ends so wherever a worker was killed',
    async (_name, story) => {
      const undisturbed = await runOnce(story, 0, 'before');
      expect(undisturbed).toMatchObject({ ends: [story.ends], wrong: [] });
      const points = 2 * undisturbed.fate.calls;
      const died = new Set<string | undefined>();
      for (let point = 0; point < points; point += stride) {
        const [at, when] = [1 + Math.floor(point / 2), point % 2 === 0 ? 'before' : 'after'] as const;
        const { fate, ends, wrong } = await runOnce(story, at, when);
        expect({ at, when, ends, wrong }).toEqual({ at, when, ends: [story.ends], wrong: [] });
        died.add(fate.diedAt);
      }
      // At the ledger, the source and the destination, each time at one of them.
      expect(died.size).toBeGreaterThan(3);
      expect(died).not.toContain(undefined);
    },
    timeout,
  );
});
