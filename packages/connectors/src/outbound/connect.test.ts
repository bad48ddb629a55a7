import { afterAll, describe, expect, it } from 'vitest';
import { freePort, serveTcp } from '../testing/servers.ts';
import { createOutbound, type OutboundOptions, OutboundRefused, type Refusal } from './outbound.ts';

const { signal } = new AbortController();
const greeting = 'SSH-2.0-Contoso\r\n';
let accepted = 0;
const server = await serveTcp((socket) => {
  accepted += 1;
  socket.on('error', () => undefined);
  socket.end(greeting);
});
afterAll(() => server.close());

const refusalOf = async (url: string, options: OutboundOptions): Promise<Refusal['code']> => {
  const error = await createOutbound(options)
    .connect(url, signal)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (!(error instanceof OutboundRefused)) throw new Error(`Not refused: ${String(error)}`);
  expect(error.refusal.remedy).not.toMatch(/account|endpoint/);
  return error.refusal.code;
};

const publicly: OutboundOptions = { allowedHosts: [], resolve: async () => ['20.60.1.1'] };

describe('sockets for SFTP', () => {
  it('connect to the address that was checked, and only to that', async () => {
    const url = `sftp://files.test:${server.port}`;
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    const outbound = createOutbound({ allowedHosts: [url], resolve: async () => answers.shift() ?? [] });
    const socket = await outbound.connect(url, signal);
    const received: string[] = [];
    for await (const piece of socket) received.push(String(piece));
    expect(received.join('')).toBe(greeting);
    expect(answers).toHaveLength(1);
  });

  it('connect to an allowed IP literal', async () => {
    const url = `sftp://127.0.0.1:${server.port}`;
    (await createOutbound({ allowedHosts: [url] }).connect(url, signal)).destroy();
  });

  it.each([
    ['a host that is not listed', 'sftp://other.contoso.com', 'hostNotAllowed'],
    ['another port of a listed host', 'sftp://files.contoso.com:2222', 'hostNotAllowed'],
    ['a host that is listed for https', 'sftp://lake.contoso.com:443', 'hostNotAllowed'],
    ['the hosts of Azure', 'sftp://contoso.blob.core.windows.net', 'hostNotAllowed'],
    ['a user name', 'sftp://ada@files.contoso.com', 'urlInvalid'],
    ['what is no URL', 'sftp://files contoso', 'urlInvalid'],
    ['an address in another spelling', 'sftp://0x7f.1', 'hostNotAllowed'],
    ['an address as one number', 'sftp://2130706433', 'hostNotAllowed'],
  ])('are refused for %s', async (_what, url, code) => {
    expect(await refusalOf(url, { ...publicly, allowedHosts: ['sftp://files.contoso.com', 'lake.contoso.com'] })).toBe(
      code,
    );
  });

  it('take a host in any case, and 22 for the port that is not said', async () => {
    const outbound = createOutbound({ ...publicly, allowedHosts: ['sftp://files.contoso.com:22'] });
    for (const url of [
      'sftp://files.contoso.com',
      'SFTP://FILES.contoso.com:22/exports',
      'sftp://files.contoso.com:0022',
    ])
      expect(await outbound.admit(url)).toEqual({ admitted: true, addresses: ['20.60.1.1'] });
  });

  it.each([['80'], ['21'], ['443']])('take port %s for what it is', async (port) => {
    const outbound = createOutbound({ ...publicly, allowedHosts: [`sftp://files.contoso.com:${port}`] });
    expect(await outbound.admit(`sftp://files.contoso.com:${port}`)).toMatchObject({ admitted: true });
    for (const url of ['sftp://files.contoso.com', `https://files.contoso.com:${port}`])
      expect(await outbound.admit(url)).toMatchObject({ admitted: false });
  });

  it('go to a private address only where the operator listed the name, and never to a metadata service', async () => {
    const url = 'sftp://files.contoso.com';
    const at = (address: string, ...allowedHosts: string[]) =>
      createOutbound({ allowedHosts, resolve: async () => [address] }).admit(url);
    expect(await at('10.1.2.3', url)).toMatchObject({ admitted: true });
    expect(await at('10.1.2.3', 'files.contoso.com', '10.1.0.0/16')).toMatchObject({ admitted: false });
    expect(await at('169.254.169.254', url)).toMatchObject({ refusal: { code: 'addressRefused' } });
  });

  it('tell an operator which entry it takes', async () => {
    const admission = await createOutbound(publicly).admit('sftp://files.contoso.com:2222');
    expect(admission).toMatchObject({
      refusal: { remedy: expect.stringContaining('add sftp://files.contoso.com:2222 to') },
    });
  });

  it('have no agent: nobody speaks HTTP there', () => {
    const outbound = createOutbound({ allowedHosts: ['sftp://files.contoso.com'] });
    expect(() => outbound.agentFor('sftp://files.contoso.com')).toThrow(OutboundRefused);
  });

  it('say what the network says when nothing listens', async () => {
    const url = `sftp://127.0.0.1:${await freePort()}`;
    await expect(createOutbound({ allowedHosts: [url] }).connect(url, signal)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('are not opened when nobody waits any more', async () => {
    const url = `sftp://files.test:${server.port}`;
    const before = accepted;
    const abort = new AbortController();
    const reason = new Error('Nobody waits.');
    const { promise: gate, resolve: openGate } = Promise.withResolvers<string[]>();
    const connecting = createOutbound({ allowedHosts: [url], resolve: () => gate }).connect(url, abort.signal);
    abort.abort(reason);
    openGate(['127.0.0.1']);
    await expect(connecting).rejects.toBe(reason);
    expect(accepted).toBe(before);
  });
});
