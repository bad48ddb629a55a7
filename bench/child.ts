import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A start that takes longer than this has failed. */
const startWithinMs = 30_000;

/**
 * A child process that is ready; `said` is its output up to then, `cpuMs` the processor time it has used, `peakMb` the most memory it has
 * held since it was last forgotten, where the system tells.
 */
export type Child = {
  said: string;
  cpuMs(): number | undefined;
  peakMb(): number | undefined;
  forgetPeak(): void;
  stop(): Promise<void>;
};

/** Linux counts processor time in hundredths of a second, whatever the hardware (USER_HZ). */
const msPerTick = 10;

/** User and system time of a process, fields 14 and 15 of its stat file (proc_pid_stat(5)); undefined on other systems. */
const readCpuMs = (processId: number | undefined): number | undefined => {
  const file = `/proc/${processId}/stat`;
  if (!existsSync(file)) return undefined;
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
};

/** The most memory that a process has held, in MiB: VmHWM of its status file (proc_pid_status(5)); undefined on other systems. */
const readPeakMb = (processId: number | undefined): number | undefined => {
  const file = `/proc/${processId}/status`;
  if (!existsSync(file)) return undefined;
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kib === undefined ? undefined : Number(kib) / 1024;
};

/** Starts the peak anew from what the process holds now (proc_pid_clear_refs(5)). */
const forgetPeak = (processId: number | undefined): void => {
  const file = `/proc/${processId}/clear_refs`;
  if (existsSync(file)) writeFileSync(file, '5');
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
};

/**
 * Starts a script in a process of its own, so that it shares no event loop with what measures it; resolves when it says it is ready. With
 * `core` it has only that core of the machine, by `taskset`.
 */
export const startChild = async (
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  isReady: RegExp,
  { core }: { core?: number } = {},
): Promise<Child> => {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', script, ...args];
  const [program = '', ...rest] = core === undefined ? command : ['taskset', '--cpu-list', `${core}`, ...command];
  const child = spawn(program, rest, {
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
  const { pid } = child;
  return {
    said,
    cpuMs: () => readCpuMs(pid),
    peakMb: () => readPeakMb(pid),
    forgetPeak: () => forgetPeak(pid),
    stop: () => stop(child),
  };
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
