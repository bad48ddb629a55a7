import { createInterface } from 'node:readline';
import { createBell } from '../platform/bell.ts';
import { openServerDb } from '../platform/db.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { wait } from '../platform/wait.ts';
import { takeRuns } from '../worker/run-lanes.ts';
import { fakeRunSteps } from './fake-run-steps.ts';

// A process that takes steps of runs from the database in DATABASE_URL until a line arrives, for tests of several processes. A part takes
// it a moment, and says who moved it.
const partMs = 200;

const env = readEnv({ ...process.env, JUNCTION_MASTER_KEY: Buffer.alloc(32).toString('base64') });
const { db, close } = await openServerDb(env.DATABASE_URL ?? '');
const steps = fakeRunSteps();
const stopping = new AbortController();
createInterface(process.stdin).once('line', () => stopping.abort());
const taking = takeRuns(
  {
    db,
    env,
    log: createLog('error'),
    runFollower: async () => {},
    runBell: createBell(),
    runSteps: {
      ...steps,
      prepare: async (run, lease) => {
        const few = await steps.prepare(run, lease);
        const [part] = few.parts;
        return {
          ...few,
          parts: Array.from({ length: 12 }, () => part ?? { entity: 0, entityName: '', files: [], bytes: 0 }),
        };
      },
      move: async (run, part, lease) => {
        await wait(partMs, lease.signal);
        lease.require();
        return { ...(await steps.move(run, part, lease)), result: { pid: process.pid } };
      },
    },
  },
  `process-${process.pid}`,
  stopping.signal,
);
process.stdout.write('ready\n');
await taking;
await close();
process.exit(0);
