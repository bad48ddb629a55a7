import { once } from 'node:events';
import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import type { Connector } from '@junction/connectors/runtime';
import { buildHouse, type House } from '../house.ts';
import { createApp } from '../http/app.ts';
import type { OpenDb } from '../platform/db.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { createVault } from '../platform/vault.ts';
import { openTestDb } from './database.ts';
import { fakeConnector } from './fake-connector.ts';

/** A real house on a throw-away database behind a real HTTP server, with a clock that tests can move and a log they can read. */
export type TestHouse = House & {
  baseUrl: string;
  /** Moves the clock on. */
  passSeconds(seconds: number): void;
  /** Every line logged so far. */
  logLines(): string[];
  close(): Promise<void>;
};

export type HouseOptions = {
  connectors?: readonly Connector[];
  env?: Record<string, string>;
  sampleLake?: House['sampleLake'];
  runSteps?: House['runSteps'];
  isStopping?: House['isStopping'];
  /** A house that is there already, whose database and clock this one shares, as another process of it would. */
  beside?: TestHouse;
};

/** What the secrets of a test's house are sealed with. */
export const testMasterKey = Buffer.alloc(32, 7);

/** Opens a house for one test file; close it in afterAll. */
export const openTestHouse = async (options: HouseOptions = {}): Promise<TestHouse> => {
  const { beside } = options;
  const opened: Pick<OpenDb, 'db' | 'close'> = beside ? { db: beside.db, close: async () => {} } : await openTestDb();
  const lines: string[] = [];
  const log = createLog(
    'debug',
    new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  let offsetMs = 0;
  const env = readEnv({
    JUNCTION_MODE: 'production',
    JUNCTION_MASTER_KEY: testMasterKey.toString('base64'),
    PORT: '0',
    ...options.env,
  });
  const server = createServer();
  // A busy machine may stall longer than that, and a client then writes into a connection that was just closed.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The test server has no port.');
  const house = buildHouse({
    env: { ...env, PORT: address.port },
    db: opened.db,
    vault: createVault(testMasterKey),
    clock: beside?.clock ?? { now: () => new Date(Date.now() + offsetMs) },
    log,
    connectors: options.connectors ?? [fakeConnector as unknown as Connector],
    sampleLake: options.sampleLake ?? null,
    ...(options.runSteps ? { runSteps: options.runSteps } : {}),
    ...(options.isStopping ? { isStopping: options.isStopping } : {}),
  });
  server.on('request', createApp(house));
  return {
    ...house,
    baseUrl: `http://127.0.0.1:${address.port}`,
    passSeconds: (seconds) => {
      offsetMs += seconds * 1000;
    },
    logLines: () => lines,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await house.engine.close();
      await house.spool.close();
      await opened.close();
    },
  };
};
