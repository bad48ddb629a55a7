import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A start that takes longer than this has failed. */
const startWithinMs = 30_000;

/** A child process that is ready; `said` is its output up to then. */
export type Child = { said: string; stop(): Promise<void> };

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
};

/** Starts a script in a process of its own, so that it shares no event loop with what measures it; resolves when it says it is ready. */
export const startChild = async (
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  isReady: RegExp,
): Promise<Child> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stderr?.on('data', (chunk) => {
    complained += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${script} did not start.`)), startWithinMs);
    child.once('exit', () => reject(new Error(`${script} ended: ${complained}`)));
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      if (!isReady.test(said)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  child.removeAllListeners('exit');
  return { said, stop: () => stop(child) };
};

/** A port that nobody listens on at this moment. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.');
  return address.port;
};
