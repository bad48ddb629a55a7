import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';

const main = new URL('./main-all.ts', import.meta.url).pathname;
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const newFolder = () => mkdtempSync(join(tmpdir(), 'junction-start-'));
/** A start on this loaded a machine may take this long; what is tested is that it ends at all. */
const patienceMs = 90_000;

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

const run = (env: Record<string, string>) => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', JUNCTION_MASTER_KEY: key(1), ...env },
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += String(chunk);
  });
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return { code: code as number | null, lines: output.stderr.split('\n').filter((line) => line !== ''), ...output };
  });
  const ready = async () => {
    const until = Date.now() + patienceMs;
    while (!output.stdout.includes('Ctrl+C')) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`It did not start: ${output.stderr}`);
      await wait(50);
    }
    return new URL(/ready at +(\S+)/.exec(output.stdout)?.[1] ?? '');
  };
  return { child, ended, ready, output };
};

const expectRefusal = async (env: Record<string, string>, lines: unknown[]) => {
  const { ended } = run(env);
  const { code, lines: said, stdout } = await ended;
  expect(said).toEqual(lines);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
};

const listenSomewhere = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
};

describe('a start that cannot succeed', () => {
  it(
    'lists everything wrong with the configuration',
    () =>
      expectRefusal({ PORT: 'x', JUNCTION_MODE: 'demo', JUNCTION_DEMO_PASSWORD: 'short' }, [
        'junction: PORT must be a whole number from 0 to 65535.',
        'junction: JUNCTION_DEMO_PASSWORD must have at least 12 characters.',
      ]),
    patienceMs,
  );

  it(
    'names the port that is in use',
    async () => {
      const { server, port } = await listenSomewhere();
      await expectRefusal({ PORT: String(port), JUNCTION_DATA_DIR: newFolder() }, [
        `junction: Port ${port} is in use on 127.0.0.1. Stop the other program, or set PORT to another port.`,
      ]);
      server.close();
    },
    patienceMs,
  );

  it(
    'names the address that this machine does not have',
    () =>
      expectRefusal({ HOST: '192.0.2.1', JUNCTION_DATA_DIR: newFolder() }, [
        'junction: This machine has no address 192.0.2.1. Set HOST to one of its addresses.',
      ]),
    patienceMs,
  );

  it(
    'names the data folder that cannot be used',
    () =>
      expectRefusal({ JUNCTION_DATA_DIR: join(process.execPath, 'data') }, [
        expect.stringMatching(
          /^junction: The data folder .*\/data cannot be read and written \(ENOTDIR\)\..* set JUNCTION_DATA_DIR to a folder\.$/,
        ),
      ]),
    patienceMs,
  );

  it(
    'names the master key that is damaged',
    async () => {
      const folder = newFolder();
      writeFileSync(join(folder, 'master.key'), 'c2hvcnQ=\n');
      await expectRefusal({ JUNCTION_MODE: 'demo', JUNCTION_MASTER_KEY: '', JUNCTION_DATA_DIR: folder }, [
        `junction: The file master.key in ${folder} is damaged. Put back the key that was there before.`,
      ]);
    },
    patienceMs,
  );

  it(
    'makes no new master key where another one has sealed data',
    async () => {
      const folder = newFolder();
      mkdirSync(join(folder, 'database'));
      await expectRefusal({ JUNCTION_MODE: 'demo', JUNCTION_MASTER_KEY: '', JUNCTION_DATA_DIR: folder }, [
        `junction: The file master.key is missing in ${folder}. Put back the key that was there before.`,
      ]);
      expect(existsSync(join(folder, 'master.key'))).toBe(false);
    },
    patienceMs,
  );

  it(
    'names the database server that does not answer, without its password',
    () =>
      expectRefusal({ DATABASE_URL: 'postgresql://junction:S3cret@127.0.0.1:1/junction' }, [
        'junction: The database server at 127.0.0.1:1 cannot be used (connect ECONNREFUSED 127.0.0.1:1). Check DATABASE_URL.',
      ]),
    patienceMs,
  );
});

describe('a running Junction', () => {
  it(
    'keeps others off its data, ends in time with a request in flight, and starts again with its own key only',
    async () => {
      const folder = newFolder();
      const first = run({ JUNCTION_DATA_DIR: folder });
      const { hostname, port } = await first.ready();
      expect(first.output.stdout).toMatch(/one-time link: http:\/\/127\.0\.0\.1:\d+\/welcome#[\w-]{43}\n/);
      expect(first.output.stdout).not.toContain('contoso');
      await expectRefusal({ JUNCTION_DATA_DIR: folder }, [
        `junction: Another Junction is using the data folder ${folder}. Stop it first, or set JUNCTION_DATA_DIR to another folder.`,
      ]);

      const socket = connect(Number(port), hostname);
      let answer = '';
      socket.on('data', (chunk) => {
        answer += String(chunk);
      });
      const body = '{"email":"a@example.com","password":"x"}';
      socket.write(
        `POST /api/v1/session HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
      );
      await wait(300);
      const stoppedAt = Date.now();
      first.child.kill('SIGTERM');
      await wait(300);
      await expect(fetch(`http://${hostname}:${port}/livez`)).rejects.toThrow();
      socket.write(body.slice(10));
      const { code, stderr } = await first.ended;
      expect(answer).toMatch(/^HTTP\/1\.1 401 /);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(Date.now() - stoppedAt).toBeLessThan(10_000);

      await expectRefusal({ JUNCTION_DATA_DIR: folder, JUNCTION_MASTER_KEY: key(2) }, [
        'junction: JUNCTION_MASTER_KEY is not the key that the stored data was sealed with. Start with the old key; the data was not changed.',
      ]);
    },
    2 * patienceMs,
  );

  it(
    'does not wait for a client that never finishes',
    async () => {
      const started = run({ JUNCTION_DATA_DIR: newFolder() });
      const { hostname, port } = await started.ready();
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      socket.write(
        `POST /api/v1/session HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
      );
      await wait(300);
      const stoppedAt = Date.now();
      started.child.kill('SIGTERM');
      expect((await started.ended).code).toBe(0);
      expect(Date.now() - stoppedAt).toBeLessThan(10_000);
    },
    2 * patienceMs,
  );
});
