import { Agent, get } from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_ACCOUNT } from '../accounts.ts';
import { type Secured, startSecured } from '../testing/secured.ts';

let secured: Secured;
let agent: Agent;

beforeAll(async () => {
  secured = await startSecured();
  agent = new Agent({ ca: secured.ca.cert, keepAlive: true, maxSockets: 1 });
});
afterAll(async () => {
  agent.destroy();
  await secured.close();
});

/** Status and local port of a request, so that two on one connection can be told. */
const ask = (path = '/files?restype=container'): Promise<[number | undefined, number | undefined]> =>
  new Promise((resolve, reject) => {
    get(`${secured.emulator.endpointOf(DEMO_ACCOUNT.name)}${path}`, { agent }, (answer) => {
      const { localPort } = answer.socket;
      answer.on('error', reject);
      answer.on('end', () => resolve([answer.statusCode, localPort]));
      answer.resume();
    }).on('error', reject);
  });

it('says https, and keeps connections', async () => {
  expect(secured.emulator.url).toBe(`https://127.0.0.1:${secured.emulator.port}`);
  const first = await ask();
  expect(first[0]).toBe(401);
  expect(await ask()).toEqual(first);
});

it('has the same faults', async () => {
  secured.emulator.addFault({ match: { path: '/busy', times: 1 }, fault: { code: 'ServerBusy' } });
  expect((await ask('/busy'))[0]).toBe(503);
  secured.emulator.addFault({ match: { path: '/reset', times: 1 }, fault: { reset: true } });
  await expect(ask('/reset')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await ask())[0]).toBe(401);
});
