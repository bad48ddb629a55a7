import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunSteps } from '../features/runs/index.ts';
import { wait } from '../platform/wait.ts';
import { isServer } from '../testing/database.ts';
import { makeEnvironment } from '../testing/factories.ts';
import { askForRun, askForRuns, endLeases, fakeRunSteps, historyOf, readRun } from '../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { takeRuns } from './run-lanes.ts';

let house: TestHouse;
let environmentId: string;
beforeAll(async () => {
  house = await openTestHouse({ runSteps: fakeRunSteps() });
  environmentId = (await makeEnvironment(house)).environment.id;
});
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await house.db.run.deleteMany();
});
afterAll(() => house.close());

const soon = { timeout: 40_000, interval: 50 };
const stateOf = async (runId: string) => (await readRun(house, runId)).state;

/** Takes runs in this process; `stop` resolves when everything is given back. */
const startTaking = (over: Partial<RunSteps> = {}, name = 'here') => {
  const stopping = new AbortController();
  const taking = takeRuns({ ...house, runSteps: { ...house.runSteps, ...over } }, name, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await taking;
    },
  };
};

describe('lanes', () => {
  it('take what is asked for, one run after the other, and stop', async () => {
    const worker = startTaking();
    const asked = await askForRuns(house, environmentId, { count: 5 });
    house.wakeRuns();
    for (const { runId } of asked) await expect.poll(() => stateOf(runId), soon).toBe('successful');
    await worker.stop();
    const { runId } = await askForRun(house, environmentId);
    await wait(200);
    expect(await stateOf(runId)).toBe('queued');
  });

  it('move so many parts at a time, and publish beside long ones', async () => {
    let [atOnce, most] = [0, 0];
    let letGo = () => {};
    const hold = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const [long, short] = await askForRuns(house, environmentId, { count: 2 });
    await house.db.$executeRaw`
      UPDATE "Run" SET "phase" = 'publishing', "state" = 'processing' WHERE "id" = ${short?.runId}::uuid`;
    const worker = startTaking({
      move: async (run, part, lease) => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        if (run.id === long?.runId) await hold;
        atOnce -= 1;
        return house.runSteps.move(run, part, lease);
      },
    });
    house.wakeRuns();
    await expect.poll(() => atOnce, soon).toBe(house.env.JUNCTION_WORKER_PARTS);
    await expect.poll(() => stateOf(short?.runId ?? ''), soon).toBe('successful');
    letGo();
    await expect.poll(() => stateOf(long?.runId ?? ''), soon).toBe('successful');
    expect(most).toBe(house.env.JUNCTION_WORKER_PARTS);
    await worker.stop();
  });

  it('give back what they are in the middle of when they stop', async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const worker = startTaking({
      move: (_run, _part, { signal }) => {
        arrive();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const { runId } = await askForRun(house, environmentId);
    house.wakeRuns();
    await arrived;
    await worker.stop();
    expect(await house.db.runPart.count({ where: { runId, leaseUntil: { not: null } } })).toBe(0);
    const other = startTaking({}, 'there');
    await expect.poll(() => stateOf(runId), soon).toBe('successful');
    await other.stop();
    expect((await readRun(house, runId)).retries).toBe(0);
    expect(await historyOf(house, runId)).not.toContain('takenOver');
  });
});

const databaseUrl = async (): Promise<string> => {
  const [row] = await house.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS "name"`;
  return Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ''), { pathname: `/${row?.name}` }).href;
};

/** Another process that takes runs. */
const startProcess = async (): Promise<ChildProcess> => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../testing/run-taking-process.ts')],
    {
      env: { ...process.env, DATABASE_URL: await databaseUrl() },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  children.push(child);
  const died = once(child, 'exit').then(() => Promise.reject(new Error('The process did not start.')));
  await Promise.race([once(child.stdout, 'data'), died]);
  died.catch(() => {});
  return child;
};

const end = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.write('stop\n');
  await once(child, 'exit');
};

const moversOf = async (runId: string): Promise<number[]> => {
  const parts = await house.db.runPart.findMany({ where: { runId }, orderBy: { number: 'asc' } });
  return parts.map(({ result }) => (result as { result: { pid: number } }).result.pid);
};

describe.runIf(isServer)('processes on one server', () => {
  it('share the parts of a run, each once', async () => {
    const both = await Promise.all([startProcess(), startProcess()]);
    const { runId } = await askForRun(house, environmentId);
    await expect.poll(() => stateOf(runId), soon).toBe('successful');
    expect(new Set(await moversOf(runId))).toEqual(new Set(both.map(({ pid }) => pid)));
    expect((await house.db.runPart.findMany({ where: { runId } })).every(({ fence }) => fence === 1)).toBe(true);
    await Promise.all(both.map(end));
  });

  it.each(['SIGKILL', 'SIGSTOP'] as const)('go on when one of them gets %s', async (signal) => {
    const [victim, other] = await Promise.all([startProcess(), startProcess()]);
    const { runId } = await askForRun(house, environmentId);
    const held = () => house.db.runPart.count({ where: { runId, worker: `process-${victim.pid}`, state: 'working' } });
    await expect.poll(held, { ...soon, interval: 10 }).toBeGreaterThan(0);
    victim.kill(signal);
    await wait(300);
    await endLeases(house);
    await expect.poll(() => stateOf(runId), soon).toBe('successful');
    const after = [await readRun(house, runId), await moversOf(runId)];
    if (signal === 'SIGSTOP') {
      victim.kill('SIGCONT');
      await end(victim);
      expect([await readRun(house, runId), await moversOf(runId)]).toEqual(after);
    }
    expect(await historyOf(house, runId)).toContain('takenOver');
    await end(other);
  });

  it('survive that the server drops their connections in the middle', async () => {
    const worker = startTaking({
      move: async (run, part, lease) => {
        await wait(100, lease.signal);
        return house.runSteps.move(run, part, lease);
      },
    });
    const asked = await askForRuns(house, environmentId, { count: 6 });
    house.wakeRuns();
    const url = new URL(await databaseUrl());
    const client = new Client({ connectionString: process.env.TEST_DATABASE_URL });
    await client.connect();
    for (let times = 0; times < 3; times += 1) {
      await wait(150);
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
        url.pathname.slice(1),
      ]);
    }
    await client.end();
    await expect
      .poll(() => house.db.run.count({ where: { state: 'successful' } }).catch(() => 0), soon)
      .toBe(asked.length);
    await worker.stop();
  });
});
