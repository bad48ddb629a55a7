import { spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

/** The repository's root folder. */
export const root = resolve(import.meta.dirname, '../..');

const bin = join(root, 'node_modules', '.bin');
const isWindows = process.platform === 'win32';

/** A set-up step that failed for a reason the reader can act on: one line, remedy included. */
export class SetupError extends Error {}

const pathWithoutOurBin = (process.env.PATH ?? '').split(delimiter).filter((folder) => resolve(folder) !== bin);

/** The environment of the machine, without the Node 24 that this project brings along (npm ci is about to replace it). */
export const machineEnv = { ...process.env, PATH: pathWithoutOurBin.join(delimiter) };

/** The environment in which `node` is the project's Node 24. */
export const projectEnv = { ...process.env, PATH: [bin, ...pathWithoutOurBin].join(delimiter) };

/**
 * Runs a command in the repository's root and returns its standard output.
 * Throws a SetupError with the remedy when it fails, after showing what it printed.
 */
export const run = (command, args, { env, remedy, cwd = root, showErrors = false }) => {
  const result = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    shell: isWindows,
    stdio: ['ignore', 'pipe', showErrors ? 'inherit' : 'pipe'],
  });
  if (result.error) throw new SetupError(`${command} could not be started (${result.error.message}). ${remedy}`);
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    throw new SetupError(`${command} ${args[0]} failed (exit code ${result.status ?? result.signal}). ${remedy}`);
  }
  return result.stdout;
};
