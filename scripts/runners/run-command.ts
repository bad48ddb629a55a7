import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

/** The repository's root folder. */
export const root = resolve(import.meta.dirname, '../..');

/** The path of a command that a package of this project brings along. */
export const command = (name: string) => join(root, 'node_modules', '.bin', name);

/** Runs a command in the repository's root, its output shown as it comes; resolves to its exit code (128 when a signal ended it). */
export const runShown = async (file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> => {
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code ?? 128;
};

/** Runs a command in the repository's root and keeps its output. */
export const runQuietly = async (file: string, args: string[]): Promise<{ exitCode: number; output: string }> => {
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text) => output.push(text));
  const [code] = await once(child, 'close');
  return { exitCode: code ?? 128, output: output.join('') };
};
