import { createServer, get, type RequestListener, type Server } from 'node:http';
import { get as getSecurely } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOutbound, type OutboundOptions, OutboundRefused, type Refusal } from './outbound.ts';

const servers: Server[] = [];

/** A server on loopback that counts its requests. */
const serve = async (listener: RequestListener) => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(String(request.headers.host));
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, seen };
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Asks over a guarded agent: the status that came back, or the error. */
const ask = (url: string, options: OutboundOptions, requested = url): Promise<number | Error> => {
  const agent = createOutbound(options).agentFor(url);
  return new Promise<number | Error>((resolve) => {
    get(requested, { agent }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', resolve);
  }).finally(() => agent.destroy());
};

const answering = (...addresses: string[]): OutboundOptions => ({ allowedHosts: [], resolve: async () => addresses });

const codeOf = async (url: string, options: OutboundOptions): Promise<Refusal['code'] | 'admitted'> => {
  const admission = await createOutbound(options).admit(url);
  return admission.admitted ? 'admitted' : admission.refusal.code;
};

describe('spellings of hosts that must not be reached', () => {
  // Names resolve to a public address, so that only the spelling itself can be the reason for a refusal.
  const spellings: [url: string, code: Refusal['code']][] = [
    ['https://127.0.0.1', 'hostNotAllowed'],
    ['https://127.0.0.1:443/', 'hostNotAllowed'],
    ['https://127.1', 'hostNotAllowed'],
    ['https://127.0.1', 'hostNotAllowed'],
    ['https://127.0.0.1.', 'hostNotAllowed'],
    ['https://0177.0.0.1', 'hostNotAllowed'],
    ['https://00000177.0.0.1', 'hostNotAllowed'],
    ['https://0x7f.0.0.1', 'hostNotAllowed'],
    ['https://0x7F000001', 'hostNotAllowed'],
    ['https://2130706433', 'hostNotAllowed'],
    ['https://017700000001', 'hostNotAllowed'],
    ['https://0x7f.1', 'hostNotAllowed'],
    ['https://0', 'hostNotAllowed'],
    ['https://0.0.0.0', 'hostNotAllowed'],
    ['https://0x0', 'hostNotAllowed'],
    ['https://127.0.0.1%2e', 'hostNotAllowed'],
    ['https://127%2e0%2e0%2e1', 'hostNotAllowed'],
    ['https://%31%32%37.0.0.1', 'hostNotAllowed'],
    ['https://１２７.０.０.１', 'hostNotAllowed'],
    ['https://127。0。0。1', 'hostNotAllowed'],
    ['https://①②⑦.0.0.1', 'hostNotAllowed'],
    ['https://0250.0376.0251.0376', 'hostNotAllowed'],
    ['https://169.254.169.254', 'hostNotAllowed'],
    ['https://2852039166', 'hostNotAllowed'],
    ['https://0xA9FEA9FE', 'hostNotAllowed'],
    ['https://0xa9.254.0251.254', 'hostNotAllowed'],
    ['https://168.63.129.16', 'hostNotAllowed'],
    ['https://10.0.0.1', 'hostNotAllowed'],
    ['https://012.1', 'hostNotAllowed'],
    ['https://192.168.1.1', 'hostNotAllowed'],
    ['https://172.16.0.1', 'hostNotAllowed'],
    ['https://100.64.0.1', 'hostNotAllowed'],
    ['https://255.255.255.255', 'hostNotAllowed'],
    ['https://256.256.256.256', 'urlInvalid'],
    ['https://127.0.0.1.1', 'urlInvalid'],
    ['https://4294967296', 'urlInvalid'],
    ['https://0x100000000', 'urlInvalid'],
    ['https://09.0.0.1', 'urlInvalid'],
    ['https://[::1]', 'hostNotAllowed'],
    ['https://[::]', 'hostNotAllowed'],
    ['https://[0:0:0:0:0:0:0:1]', 'hostNotAllowed'],
    ['https://[0000:0000:0000:0000:0000:0000:0000:0001]', 'hostNotAllowed'],
    ['https://[::ffff:127.0.0.1]', 'hostNotAllowed'],
    ['https://[::FFFF:7F00:1]', 'hostNotAllowed'],
    ['https://[::127.0.0.1]', 'hostNotAllowed'],
    ['https://[64:ff9b::7f00:1]', 'hostNotAllowed'],
    ['https://[2002:7f00:1::]', 'hostNotAllowed'],
    ['https://[fd00:ec2::254]', 'hostNotAllowed'],
    ['https://[FE80::1]', 'hostNotAllowed'],
    ['https://[fe80::1%25eth0]', 'urlInvalid'],
    ['https://[fe80::1%eth0]', 'urlInvalid'],
    ['https://[::1', 'urlInvalid'],
    ['https://::1', 'urlInvalid'],
    ['https://[127.0.0.1]', 'urlInvalid'],
    ['https://localhost', 'hostNotAllowed'],
    ['https://LOCALHOST', 'hostNotAllowed'],
    ['https://localhost.', 'urlInvalid'],
    ['https://loc\u00adalhost', 'urlInvalid'],
    ['https://ｌｏｃａｌｈｏｓｔ', 'hostNotAllowed'],
    ['https://contoso.dfs.core.windows.net.', 'urlInvalid'],
    ['https://contoso..dfs.core.windows.net', 'urlInvalid'],
    ['https://.dfs.core.windows.net', 'urlInvalid'],
    ['https://dfs.core.windows.net', 'hostNotAllowed'],
    ['https://contoso.dfs.core.windows.net.evil.example', 'hostNotAllowed'],
    ['https://contosodfs.core.windows.net', 'hostNotAllowed'],
    ['https://evil.example/contoso.dfs.core.windows.net', 'hostNotAllowed'],
    ['https://evil.example#contoso.dfs.core.windows.net', 'hostNotAllowed'],
    ['https://evil.example?.dfs.core.windows.net', 'hostNotAllowed'],
    ['https://contoso.queue.core.windows.net', 'hostNotAllowed'],
    ['https://contoso.dfs.core.windows.net:8443', 'hostNotAllowed'],
    ['https://contoso.dfs.core.windows.net:22', 'hostNotAllowed'],
    ['https://contoso.dfs.core.windows.net@evil.example', 'urlInvalid'],
    ['https://user:secret@contoso.dfs.core.windows.net', 'urlInvalid'],
    ['https://@contoso.dfs.core.windows.net', 'urlInvalid'],
    ['https://contoso.dfs.core.windows.net\\@evil.example', 'urlInvalid'],
    ['https:\\\\contoso.dfs.core.windows.net', 'urlInvalid'],
    ['https:contoso.dfs.core.windows.net', 'urlInvalid'],
    ['https:///contoso.dfs.core.windows.net', 'urlInvalid'],
    ['https://contoso.dfs.core.windows.net\t.evil.example', 'urlInvalid'],
    ['https://contoso\n.dfs.core.windows.net', 'urlInvalid'],
    [' https://contoso.dfs.core.windows.net', 'urlInvalid'],
    ['//contoso.dfs.core.windows.net', 'urlInvalid'],
    ['contoso.dfs.core.windows.net', 'urlInvalid'],
    ['', 'urlInvalid'],
    ['https://', 'urlInvalid'],
    ['http://contoso.dfs.core.windows.net', 'schemeRefused'],
    ['http://127.0.0.1:10004', 'schemeRefused'],
    ['HTTP://LOCALHOST', 'schemeRefused'],
    ['ftp://contoso.dfs.core.windows.net', 'schemeRefused'],
    ['file:///etc/passwd', 'schemeRefused'],
    ['gopher://contoso.dfs.core.windows.net', 'schemeRefused'],
    ['javascript:alert(1)', 'schemeRefused'],
    ['data:text/plain,x', 'schemeRefused'],
    ['ws://contoso.dfs.core.windows.net', 'schemeRefused'],
  ];

  it('has at least 60 of them, all different', () => {
    expect(new Set(spellings.map(([url]) => url)).size).toBe(spellings.length);
    expect(spellings.length).toBeGreaterThanOrEqual(60);
  });

  it.each(spellings)('refuses %j as %s', async (url, code) => {
    expect(await codeOf(url, answering('20.60.1.1'))).toBe(code);
  });
});

describe('addresses that a name may not lead to', () => {
  const addresses = [
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.1.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:20.60.1.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b::143c:101',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:2::1',
    '2001:db8::1',
    '2002:a00:1::',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'nonsense',
    '127.1',
    '0x7f000001',
  ]; // prettier-ignore

  it.each(addresses)('refuses a name that leads to %s', async (address) => {
    expect(await codeOf('https://contoso.dfs.core.windows.net', answering(address))).toBe('addressRefused');
  });

  it.each(addresses)('refuses a name when %s is only one of its answers', async (address) => {
    const options = answering('20.60.1.1', '2603:1030::1', address);
    expect(await codeOf('https://contoso.blob.core.windows.net', options)).toBe('addressRefused');
  });
});

describe('hosts that may be reached', () => {
  it.each([
    'https://contoso.dfs.core.windows.net',
    'https://CONTOSO.Blob.Core.Windows.Net/container/path',
    'https://contoso.dfs.core.windows.net:443',
    'https://contoso.dfs.core.chinacloudapi.cn',
    'https://contoso.blob.core.usgovcloudapi.net',
    'https://contoso.z12.dfs.storage.azure.net',
    'https://contoso.privatelink.blob.core.windows.net',
  ])('admits %s by default and names the checked addresses', async (url) => {
    expect(await createOutbound(answering('20.60.1.1', '2603:1030::1')).admit(url)).toEqual({
      admitted: true,
      addresses: ['20.60.1.1', '2603:1030::1'],
    });
  });

  const cases: [entry: string, url: string, answer: string, code: Refusal['code'] | 'admitted'][] = [
    ['lake.contoso.com', 'https://lake.contoso.com', '20.60.1.1', 'admitted'],
    ['lake.contoso.com', 'https://lake.contoso.com', '10.1.2.3', 'admitted'],
    ['lake.contoso.com', 'https://lake.contoso.com', '169.254.169.254', 'addressRefused'],
    ['lake.contoso.com', 'https://lake.contoso.com', '::ffff:169.254.169.254', 'addressRefused'],
    ['lake.contoso.com', 'https://lake.contoso.com', '0.0.0.0', 'addressRefused'],
    ['lake.contoso.com', 'https://lake.contoso.com:8443', '20.60.1.1', 'hostNotAllowed'],
    ['lake.contoso.com', 'http://lake.contoso.com', '20.60.1.1', 'schemeRefused'],
    ['lake.contoso.com:8443', 'https://lake.contoso.com:8443', '10.1.2.3', 'admitted'],
    ['lake.contoso.com:8443', 'https://lake.contoso.com', '10.1.2.3', 'hostNotAllowed'],
    ['http://lake.contoso.com:10004', 'http://lake.contoso.com:10004', '10.1.2.3', 'admitted'],
    ['http://lake.contoso.com:10004', 'http://lake.contoso.com:10005', '10.1.2.3', 'schemeRefused'],
    ['http://lake.contoso.com', 'http://lake.contoso.com', '10.1.2.3', 'admitted'],
    ['*.lake.contoso.com', 'https://a.lake.contoso.com', '20.60.1.1', 'admitted'],
    ['*.lake.contoso.com', 'https://a.lake.contoso.com', '10.1.2.3', 'addressRefused'],
    ['*.lake.contoso.com', 'https://lake.contoso.com', '20.60.1.1', 'hostNotAllowed'],
    ['*.lake.contoso.com', 'https://evillake.contoso.com', '20.60.1.1', 'hostNotAllowed'],
    ['http://127.0.0.1:10004', 'http://127.0.0.1:10004/contosolake', '', 'admitted'],
    ['http://127.0.0.1:10004', 'http://127.1:10004', '', 'admitted'],
    ['http://127.0.0.1:10004', 'http://127.0.0.1:10005', '', 'schemeRefused'],
    ['http://127.0.0.1:10004', 'https://127.0.0.1:10004', '', 'hostNotAllowed'],
    ['http://127.0.0.1:10004', 'https://contoso.dfs.core.windows.net', '127.0.0.1', 'addressRefused'],
    ['http://localhost:10004', 'http://localhost:10004', '127.0.0.1', 'admitted'],
    ['http://localhost:10004', 'http://localhost:10004', '::1', 'admitted'],
    ['http://localhost:10004', 'http://127.0.0.1:10004', '', 'schemeRefused'],
    ['[::1]:10004', 'https://[::1]:10004', '', 'admitted'],
    ['::1', 'https://[::1]', '', 'admitted'],
    ['10.1.2.3', 'https://10.1.2.3', '', 'admitted'],
    ['10.1.2.3', 'https://contoso.dfs.core.windows.net', '10.1.2.3', 'admitted'],
    ['10.1.2.3', 'https://contoso.dfs.core.windows.net', '10.1.2.4', 'addressRefused'],
    ['10.1.0.0/16', 'https://contoso.dfs.core.windows.net', '10.1.255.1', 'admitted'],
    ['10.1.0.0/16', 'https://contoso.dfs.core.windows.net', '10.2.0.1', 'addressRefused'],
    ['10.1.0.0/16', 'https://10.1.0.9', '', 'admitted'],
    ['10.1.0.0/16', 'https://evil.example', '10.1.0.9', 'hostNotAllowed'],
    ['169.254.0.0/16', 'https://contoso.dfs.core.windows.net', '169.254.1.1', 'admitted'],
    ['169.254.0.0/16', 'https://contoso.dfs.core.windows.net', '169.254.169.254', 'addressRefused'],
    ['64:ff9b::/96', 'https://contoso.dfs.core.windows.net', '64:ff9b::143c:101', 'admitted'],
    ['64:ff9b::/96', 'https://contoso.dfs.core.windows.net', '64:ff9b::a9fe:a9fe', 'addressRefused'],
    ['168.63.129.16', 'https://168.63.129.16', '', 'admitted'],
    ['0.0.0.0/0', 'https://contoso.dfs.core.windows.net', '127.0.0.1', 'admitted'],
  ];

  it.each(cases)('with the entry %s, %s leading to %s: %s', async (entry, url, answer, code) => {
    const resolve = async () => [answer];
    expect(await codeOf(url, { allowedHosts: [entry], resolve })).toBe(code);
  });
});

describe('names that cannot be resolved', () => {
  const failing = (code: string): OutboundOptions => ({
    allowedHosts: [],
    resolve: async () => {
      throw Object.assign(new Error(code), { code });
    },
  });

  it.each([
    ['ENOTFOUND', 'nameNotFound'],
    ['EAI_AGAIN', 'nameLookupFailed'],
    ['ESERVFAIL', 'nameLookupFailed'],
  ])('%s is %s', async (code, expected) => {
    expect(await codeOf('https://contoso.dfs.core.windows.net', failing(code))).toBe(expected);
  });

  it('takes an empty answer for a name that does not exist', async () => {
    expect(await codeOf('https://contoso.dfs.core.windows.net', answering())).toBe('nameNotFound');
  });

  it('does not wait for a name server that never answers', async () => {
    const options = { allowedHosts: [], resolve: () => new Promise<never>(() => undefined), lookupTimeoutMs: 20 };
    expect(await codeOf('https://contoso.dfs.core.windows.net', options)).toBe('nameLookupFailed');
  });

  it('stops waiting when nobody is interested any more', async () => {
    const outbound = createOutbound({ allowedHosts: [], resolve: () => new Promise<never>(() => undefined) });
    const admission = await outbound.admit('https://contoso.dfs.core.windows.net', AbortSignal.timeout(20));
    expect(admission).toMatchObject({ admitted: false, refusal: { code: 'nameLookupFailed' } });
  });
});

describe('sockets', () => {
  const ok: RequestListener = (_request, response) => response.end('ok');

  it('connect to the checked address and keep the name in the Host header', async () => {
    const { port, seen } = await serve(ok);
    const url = `http://lake.test:${port}`;
    expect(await ask(url, { allowedHosts: [url], resolve: async () => ['127.0.0.1'] })).toBe(200);
    expect(seen).toEqual([`lake.test:${port}`]);
  });

  it('connect to an allowed IP literal', async () => {
    const { port } = await serve(ok);
    const url = `http://127.0.0.1:${port}`;
    expect(await ask(url, { allowedHosts: [url] })).toBe(200);
  });

  it('never connect to a private address that a name was rebound to after it was admitted', async () => {
    let connections = 0;
    const tcp = createTcpServer(() => {
      connections += 1;
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { port } = tcp.address() as AddressInfo;
    const url = `https://a.rebind.test:${port}`;
    const answers = [['20.60.1.1'], ['127.0.0.1'], ['20.60.1.1', '127.0.0.1']];
    const outbound = createOutbound({
      allowedHosts: [`*.rebind.test:${port}`],
      resolve: async () => answers.shift() ?? ['127.0.0.1'],
    });
    expect(await outbound.admit(url)).toEqual({ admitted: true, addresses: ['20.60.1.1'] });
    for (const attempt of ['alone', 'next to a public one']) {
      const agent = outbound.agentFor(url);
      const error = await new Promise<unknown>((resolve) => getSecurely(url, { agent }, resolve).on('error', resolve));
      agent.destroy();
      expect(error, attempt).toBeInstanceOf(OutboundRefused);
      expect((error as OutboundRefused).refusal.code).toBe('addressRefused');
    }
    await new Promise((resolve) => tcp.close(resolve));
    expect(connections).toBe(0);
  });

  it('resolve only once for each connection, so that the second answer of a rebinding server is never used', async () => {
    const { port, seen } = await serve(ok);
    const url = `http://once.test:${port}`;
    let count = 0;
    const resolve = async () => (count++ === 0 ? ['127.0.0.1'] : ['169.254.169.254']);
    expect(await ask(url, { allowedHosts: [url], resolve })).toBe(200);
    expect(count).toBe(1);
    expect(seen).toHaveLength(1);
  });

  it('never connect to an IP literal that is not allowed', async () => {
    const { port, seen } = await serve(ok);
    const error = await ask(`http://127.0.0.1:${port}`, { allowedHosts: ['http://127.0.0.1:1'] });
    expect(error).toMatchObject({ code: 'schemeRefused' });
    expect(seen).toEqual([]);
  });

  it('never connect to another host or port than the agent was made for', async () => {
    const own = await serve(ok);
    const other = await serve(ok);
    const allowedHosts = [`http://127.0.0.1:${own.port}`, `http://127.0.0.1:${other.port}`];
    const error = await ask(`http://127.0.0.1:${own.port}`, { allowedHosts }, `http://127.0.0.1:${other.port}`);
    expect(error).toMatchObject({ code: 'hostNotAllowed' });
    expect(other.seen).toEqual([]);
  });

  it('open nothing once the agent is destroyed', async () => {
    const { port, seen } = await serve(ok);
    const url = `http://late.test:${port}`;
    const { promise: gate, resolve: openGate } = Promise.withResolvers<string[]>();
    const agent = createOutbound({ allowedHosts: [url], resolve: () => gate }).agentFor(url);
    const failed = new Promise<unknown>((resolve) => get(url, { agent }, resolve).on('error', resolve));
    agent.destroy();
    openGate(['127.0.0.1']);
    expect(await failed).toBeInstanceOf(Error);
    expect(seen).toEqual([]);
  });
});
