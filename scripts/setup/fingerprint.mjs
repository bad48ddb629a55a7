import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

// Inside node_modules, so that a new installation forgets what was made with the old one.
const stampFolder = join(root, 'node_modules', '.cache', 'junction');

const skipped = new Set(['node_modules', 'dist']);
const isTest = (name) => /\.test\.tsx?$/.test(name);

const filesIn = (path) => {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name) && !isTest(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]));
};

/** One hash over names and contents of files and folders (given from the root, absent ones left out); tests and build output do not count. */
export const fingerprint = (paths) => {
  const hash = createHash('sha256');
  const present = paths.map((path) => join(root, path)).filter((path) => existsSync(path));
  for (const file of present.flatMap(filesIn)) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
};

const stampFile = (name) => join(stampFolder, `${name}.sha256`);

/** Whether the last remembered fingerprint of this name is the given one. */
export const isRemembered = (name, value) => {
  try {
    return readFileSync(stampFile(name), 'utf8') === value;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
};

/** Remembers that what this fingerprint stands for has been made. */
export const remember = (name, value) => {
  mkdirSync(dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), value);
};
