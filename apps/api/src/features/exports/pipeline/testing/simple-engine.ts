import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Engine, SourceFile } from '@junction/engine';
import type { EngineDoor } from '../../../../platform/engine.ts';

/** Lines of simple CSV files with a header; a line with another number of values than the first file's header has is malformed. */
const readAll = async (files: readonly SourceFile[]) => {
  const good: string[] = [];
  const bad: string[] = [];
  for (const { path } of files) {
    const [header = '', ...lines] = (await readFile(path, 'utf8')).split('\n');
    const width = header.split(',').length;
    for (const line of lines.filter((one) => one !== '')) (line.split(',').length === width ? good : bad).push(line);
  }
  return { good, bad };
};

const write = async (path: string, text: string, rows: number) => {
  await writeFile(path, text);
  return { rows, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
};

const engine: Engine = {
  version: 'simple',
  transform: async ({ files, selection, output, malformed }, signal) => {
    signal.throwIfAborted();
    const { good, bad } = await readAll(files);
    const names = selection.columns.map(({ name }) => name);
    const isNdjson = output.format.type === 'ndjson';
    const lines = isNdjson
      ? good.map((line) =>
          JSON.stringify(Object.fromEntries(line.split(',').map((value, index) => [names[index], value]))),
        )
      : [names.join(','), ...good];
    const written = await write(output.path, lines.map((line) => `${line}\n`).join(''), good.length);
    const aside = malformed.policy === 'setAside' && bad.length > 0;
    return { ...written, rejected: aside ? await write(malformed.path, bad.join('\n'), bad.length) : null };
  },
  count: async ({ files }) => {
    const { good, bad } = await readAll(files);
    return { rows: good.length, rejected: bad.length };
  },
  preview: async () => ({ columns: [], rows: [] }),
  openTally: () => Promise.reject(new Error('It counts no customers.')),
  close: async () => {},
};

/** Stands for the engine where a test is about what happens around it. */
export const simpleEngine: EngineDoor = { open: async () => engine, close: async () => {} };
