import { expect, it } from 'vitest';
import type { Connector } from '../../src/connector.ts';
import { type ContractSubject, describeConnectorContract } from '../../src/connector-contract.ts';
import { createOutbound } from '../../src/outbound/outbound.ts';
import { failedStep, runCheck } from '../../src/testing/run-check.ts';
import { freePort, serveHttp, serveTcp } from '../../src/testing/servers.ts';
import { webFolderConnector } from './connector.ts';

const connector: Connector = webFolderConnector;
const authorization = `Basic ${Buffer.from('ada:right-password').toString('base64')}`;

/** A web server that keeps what is put, in memory. */
const startWebFolder = async () => {
  const files = new Set<string>();
  const server = await serveHttp((request, response) => {
    const file = String(request.url);
    if (request.headers.authorization !== authorization) response.writeHead(401);
    else if (request.method === 'PUT') {
      files.add(file);
      response.writeHead(201);
    } else if (request.method === 'DELETE') response.writeHead(files.delete(file) ? 204 : 404);
    else response.writeHead(file === '/full/' ? 503 : 200);
    request.resume().once('end', () => response.end());
  });
  return { server, files };
};

const open = async (): Promise<ContractSubject> => {
  const { server, files } = await startWebFolder();
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
    contents: async () => [...files],
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
