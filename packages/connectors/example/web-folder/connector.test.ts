import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import type { Connector } from '../../src/connector.ts';
import { type ContractSubject, describeConnectorContract } from '../../src/connector-contract.ts';
import { createOutbound } from '../../src/outbound/outbound.ts';
import type { ReceiverFault, RowDestinationSubject } from '../../src/testing/row-destination-contract.ts';
import { failedStep, runCheck } from '../../src/testing/run-check.ts';
import { freePort, serveHttp, serveTcp } from '../../src/testing/servers.ts';
import { webFolderConnector } from './connector.ts';
import { openWebFolder } from './open-destination.ts';

const connector: Connector = webFolderConnector;
const authorization = `Basic ${Buffer.from('ada:right-password').toString('base64')}`;

/** A web server that keeps what is put, in memory. */
const startWebFolder = async () => {
  const files = new Map<string, Buffer>();
  const puts: { file: string; body: Buffer }[] = [];
  const faults: ReceiverFault[] = [];
  const answer = ({ method, url: file = '', headers }: IncomingMessage, body: Buffer): number => {
    if (headers.authorization !== authorization) return 401;
    if (method === 'DELETE') return files.delete(file) ? 204 : 404;
    if (method !== 'PUT') return file === '/full/' ? 503 : 200;
    files.set(file, body);
    puts.push({ file, body });
    return 201;
  };
  const server = await serveHttp(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const fault = faults.shift();
    if (fault === 'silence') return;
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === undefined) return void response.writeHead(answer(request, body)).end();
    response.writeHead(fault.status, { ...fault.headers }).end(fault.echoes && body);
  });
  return { server, files, puts, faults };
};

type Accepted = ReturnType<RowDestinationSubject['receiver']['accepted']>;

/** What was put, as the contract calls it. */
const accepted = (puts: readonly { file: string; body: Buffer }[]): Accepted =>
  puts.flatMap(({ file, body }): Accepted => {
    const [, name = '', kind] = /^\/(.+)\.(ndjson|json)$/.exec(file) ?? [];
    const key = decodeURIComponent(name);
    if (kind === 'ndjson') return [{ batch: { key, lines: body } }];
    return kind === 'json' ? [{ closing: { key, ...JSON.parse(body.toString()) } }] : [];
  });

const open = async (): Promise<ContractSubject> => {
  const { server, files, puts, faults } = await startWebFolder();
  const silent = await serveTcp(() => undefined);
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const target = (url: string, password: string) => ({
    settings: { address: url, userName: 'ada' },
    secrets: { password },
  });
  return {
    outbound: createOutbound({ allowedHosts: [server.url, silent.url, nowhere] }),
    healthy: target(server.url, 'right-password'),
    wrongSecret: { ...target(server.url, 'wrong-password'), failsAt: 'signIn' },
    hanging: target(silent.url, 'right-password'),
    unreachable: target(nowhere, 'right-password'),
    contents: async () => [...files.keys()],
    rows: {
      openImpatiently: openWebFolder({ deadlineMs: 250 }) as RowDestinationSubject['openImpatiently'],
      receiver: { accepted: () => accepted(puts), fail: (...next) => void faults.push(...next) },
    },
    close: async () => {
      await server.close();
      await silent.close();
    },
  };
};

describeConnectorContract(connector, open);

it('takes an overloaded server for something that may pass', async () => {
  const { healthy, outbound, close } = await open();
  const settings = { ...healthy.settings, address: `${healthy.settings.address}/full` };
  const { result } = await runCheck(connector, { ...healthy, settings }, { outbound });
  expect(result.outcome).toBe('failing');
  expect(failedStep(result)).toMatchObject({ step: 'signIn', code: 'serverError' });
  await close();
});

it('says which field is wrong when the guard cannot read the address', async () => {
  const { healthy, outbound, close } = await open();
  const settings = { ...healthy.settings, address: 'https://ada:pass@files.contoso.com' };
  const { result } = await runCheck(connector, { ...healthy, settings }, { outbound });
  expect(failedStep(result)).toMatchObject({ code: 'urlInvalid', field: 'settings.address' });
  await close();
});
