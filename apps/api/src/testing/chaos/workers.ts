import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const door = join(import.meta.dirname, '../../main-worker.ts');

/** Workers in processes of their own. A place whose worker was killed gets another one. */
export type Workers = {
  kill(place: number): void;
  stop(place: number): void;
  resume(place: number): void;
  count: number;
  /** How often one ended whom nobody had killed. */
  gaveUp(): number;
  /** Tells all to end, and waits until they have. */
  close(): Promise<void>;
};

/** Starts so many workers with these variables. */
export const startWorkers = (count: number, env: NodeJS.ProcessEnv): Workers => {
  const children: (ChildProcess | undefined)[] = [];
  let isClosing = false;
  let gaveUp = 0;
  const start = (place: number) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', door], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children[place] = child;
    child.once('exit', (_code, signal) => {
      if (isClosing) return;
      if (signal !== 'SIGKILL') gaveUp += 1;
      start(place);
    });
  };
  for (let place = 0; place < count; place += 1) start(place);
  return {
    count,
    kill: (place) => void children[place]?.kill('SIGKILL'),
    stop: (place) => void children[place]?.kill('SIGSTOP'),
    gaveUp: () => gaveUp,
    resume: (place) => void children[place]?.kill('SIGCONT'),
    close: async () => {
      isClosing = true;
      for (const child of children) {
        child?.kill('SIGCONT');
        child?.kill('SIGTERM');
      }
      await Promise.all(
        children.map((child) =>
          child && child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined,
        ),
      );
    },
  };
};
