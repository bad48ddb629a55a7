import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeTalliedCustomers } from './imports/customers.ts';
import { tallyAlone } from './imports/tally-alone.ts';
import { median } from './numbers.ts';
import { duckdb } from './runs/duckdb.ts';

const fileCount = 10;
/** Each side in turn, so often. */
const rounds = 3;

/** A tally of customers in CSV files, and DuckDB alone counting the same; milliseconds and MiB. */
export type ImportsPace = { what: string; tallyMs: number; aloneMs: number; ratio: number; peakMb: number };

type Told = { ms: number; peakMb: number; found: number[] };

const tally = async (folder: string, files: readonly string[]): Promise<Told> => {
  const script = join(import.meta.dirname, 'imports', 'tally.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, folder, ...files];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
};

const compare = async (root: string, millions: number): Promise<ImportsPace> => {
  const files = await makeTalliedCustomers(join(root, `${millions}`), millions * 1_000_000, fileCount);
  const seen: { tally: Told; aloneMs: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { ms: aloneMs, last } = await duckdb(...tallyAlone(files));
    const told = await tally(root, files);
    const [expected] = last;
    if (JSON.stringify(expected) !== JSON.stringify(told.found))
      throw new Error(`Not the same counts: ${JSON.stringify(told.found)} and ${JSON.stringify(expected)}.`);
    seen.push({ tally: told, aloneMs });
  }
  const tallyMs = median(seen.map((one) => one.tally.ms));
  const aloneMs = median(seen.map((one) => one.aloneMs));
  return {
    what: `${millions} M customers, ${fileCount} CSV files`,
    tallyMs,
    aloneMs,
    ratio: median(seen.map((one) => one.aloneMs / one.tally.ms)),
    peakMb: Math.max(...seen.map((one) => one.tally.peakMb)),
  };
};

/**
 * How long the engine takes to count customers by what is known of them, against DuckDB alone counting the same files, and how much memory its process
 * holds. `largest` is in millions of customers.
 */
export const benchImports = async (largest: number): Promise<ImportsPace[]> => {
  const root = await mkdtemp(join(tmpdir(), 'junction-bench-'));
  try {
    const paces: ImportsPace[] = [];
    for (const millions of new Set([1, largest])) paces.push(await compare(root, millions));
    return paces;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};
