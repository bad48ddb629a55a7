import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connector, type SourceFiles, StoreError } from '../connector.ts';
import type { ContractSubject, LocalSubject } from '../connector-contract.ts';
import { createOutbound, type Outbound } from '../outbound/outbound.ts';
import type { RawTarget } from './run-check.ts';
import { storeErrorOf } from './store-errors.ts';

/** What a connector with the capability `source` brings to the contract, beside what every connector brings. */
export type SourceSubject = {
  /** Like the connector's own, but with at most three entries on a page of a listing, and a hundred bytes in a piece of a file. */
  openInSmallPages: NonNullable<Connector['openSource']>;
  /** Puts files where the healthy target leads; their content by their path from the top of the container. */
  put(files: Readonly<Record<string, string>>): Promise<void>;
  /** The URL that metadata would give for a path of the healthy target's container. */
  urlOf(path: string): string;
};

const root = 'contract source';
/** Names as people and tools give them: blanks, plus, percent, other scripts, one that looks encoded. */
const names = ['a.csv', 'b c.csv', 'd+e.csv', '50%25.csv', 'Käse 東京.csv', "it's (1) & #2.csv", 'z.csv'];
const longText = `${'0123456789abcdef'.repeat(64)}\n`;

/** How soon an aborted request is over. */
const abortPatienceMs = 2_000;

const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const text = async (pieces: AsyncIterable<Uint8Array>): Promise<string> =>
  new TextDecoder().decode(Buffer.concat(await all(pieces)));

/** Opens a connector's source as the API does, and closes all that it opened. */
const sources = (connector: Connector, subjectOf: () => LocalSubject) => {
  const opened: SourceFiles[] = [];
  return {
    open(
      target: RawTarget,
      outbound: Outbound = subjectOf().outbound,
      isInSmallPages = false,
      signal?: AbortSignal,
    ): SourceFiles {
      const { settings, secrets } = connector.manifest;
      const opener = isInSmallPages ? subjectOf().source?.openInSmallPages : connector.openSource;
      if (opener === undefined) throw new Error('The connector cannot be opened as a source.');
      const files = opener(
        { settings: settings.parse(target.settings), secrets: secrets.parse(target.secrets) },
        { outbound, now: () => new Date(), signal },
      );
      opened.push(files);
      return files;
    },
    closeAll() {
      for (const files of opened) files.close();
    },
  };
};

/** What a source owes to whoever reads entities, as tests; part of the contract of connectors. */
export const describeSourceContract = (
  connector: Connector,
  subjectOf: () => LocalSubject,
  expectNoSecret: (output: unknown) => void,
): void => {
  describe('as a source', () => {
    const idle = new AbortController().signal;
    const { open, closeAll } = sources(connector, subjectOf);
    const source = () => subjectOf().source as SourceSubject;

    const errorOf = (work: Promise<unknown>) => storeErrorOf(work, expectNoSecret);
    const etagOf = async (files: SourceFiles, name: string): Promise<string> =>
      (await all(files.list(root, idle))).find((entry) => entry.name === name)?.etag ?? '';

    beforeAll(async () => {
      await source().put({
        ...Object.fromEntries(names.map((name) => [`${root}/${name}`, `content of ${name}`])),
        [`${root}/long.txt`]: longText,
        [`${root}/empty.txt`]: '',
        [`${root}/below/deep/file.csv`]: 'x',
        [`${root}/be/file.csv`]: 'x',
      });
    });
    afterAll(closeAll);

    it('lists the children of a folder, each once, however many pages they need', async () => {
      const expected = [...names, 'below', 'be', 'empty.txt', 'long.txt'].map((name) => `${root}/${name}`).sort();
      for (const isInSmallPages of [false, true]) {
        const entries = await all(open(subjectOf().healthy, undefined, isInSmallPages).list(root, idle));
        expect(entries.map(({ path }) => path).sort()).toEqual(expected);
        for (const { path, name } of entries) expect(path).toBe(`${root}/${name}`);
        expect(
          entries
            .filter(({ isFolder }) => isFolder)
            .map(({ name }) => name)
            .sort(),
        ).toEqual(['be', 'below']);
        const long = entries.find(({ name }) => name === 'long.txt');
        expect(long).toMatchObject({
          isFolder: false,
          bytes: longText.length,
          etag: expect.stringMatching(/^"[^"]+"$/),
        });
        expect(Math.abs(Date.parse(long?.modifiedAt ?? '') - Date.now())).toBeLessThan(60_000);
      }
    });

    it('can be left in the middle of a listing', async () => {
      for await (const entry of open(subjectOf().healthy, undefined, true).list(root, idle)) {
        expect(entry.path).toMatch(root);
        break;
      }
    });

    it('lists the container itself', async () => {
      const entries = await all(open(subjectOf().healthy).list('', idle));
      expect(entries.find(({ path }) => path === root)).toMatchObject({ name: root, isFolder: true });
    });

    it('reads files whole, whatever their names', async () => {
      const files = open(subjectOf().healthy);
      for (const name of names) {
        const bytes = await files.read(`${root}/${name}`, 1_000, idle);
        expect(new TextDecoder().decode(bytes)).toBe(`content of ${name}`);
      }
      expect((await files.read(`${root}/empty.txt`, 10, idle)).length).toBe(0);
      expect((await files.read(`${root}/long.txt`, longText.length, idle)).length).toBe(longText.length);
    });

    it('streams files whole and in order, however many pieces they need', async () => {
      for (const isInSmallPages of [false, true]) {
        const files = open(subjectOf().healthy, undefined, isInSmallPages);
        for (const { path, etag, bytes, isFolder } of await all(files.list(root, idle))) {
          if (isFolder) continue;
          const streamed = await text(files.stream(path, etag, idle));
          expect(streamed).toBe(new TextDecoder().decode(await files.read(path, bytes, idle)));
          expect(Buffer.byteLength(streamed)).toBe(bytes);
        }
      }
    });

    it('streams only the beginning when nobody needs more', async () => {
      for (const isInSmallPages of [false, true]) {
        const files = open(subjectOf().healthy, undefined, isInSmallPages);
        const etag = await etagOf(files, 'long.txt');
        for (const maxBytes of [0, 1, 99, 100, 101, 250, longText.length, longText.length + 1]) {
          expect(await text(files.stream(`${root}/long.txt`, etag, idle, maxBytes))).toBe(longText.slice(0, maxBytes));
        }
      }
    });

    it('streams one version of a file', async () => {
      const path = `${root}/long.txt`;
      const changed = longText.toUpperCase();
      const files = open(subjectOf().healthy, undefined, true);
      const etag = await etagOf(files, 'long.txt');
      const pieces: string[] = [];
      const reading = async () => {
        for await (const piece of files.stream(path, etag, idle)) {
          if (pieces.push(new TextDecoder().decode(piece)) === 1) await source().put({ [path]: changed });
        }
      };
      const outcome = await reading().catch((error: unknown) => error);
      // One that was read at once is whole; any other says that it is not.
      if (outcome === undefined) expect(pieces.join('')).toBe(longText);
      else expect(outcome).toMatchObject({ code: 'fileChanged', isTransient: true });
      expect(longText.startsWith(pieces.join(''))).toBe(true);
      const error = await errorOf(text(files.stream(path, etag, idle)));
      expect(error).toMatchObject({ code: 'fileChanged', isTransient: true });
      await source().put({ [path]: longText });
      expect(await text(files.stream(path, await etagOf(files, 'long.txt'), idle))).toBe(longText);
    });

    it('can be left in the middle of a file, and ends when nobody waits any more', async () => {
      const files = open(subjectOf().healthy, undefined, true);
      const path = `${root}/long.txt`;
      const etag = await etagOf(files, 'long.txt');
      for await (const piece of files.stream(path, etag, idle)) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
      const abort = new AbortController();
      const reason = new Error('Nobody waits.');
      const reading = (async () => {
        for await (const _ of files.stream(path, etag, abort.signal)) abort.abort(reason);
      })();
      // What was read in one piece has ended before.
      await reading.catch((error: unknown) => expect(error).toBe(reason));
      await expect(text(files.stream(path, etag, AbortSignal.abort(reason)))).rejects.toBe(reason);
    });

    it('refuses a file that is longer than asked for', async () => {
      const error = await errorOf(open(subjectOf().healthy).read(`${root}/long.txt`, longText.length - 1, idle));
      expect(error).toMatchObject({ code: 'fileTooLarge', isTransient: false });
    });

    it('knows its own files by their URL, and no others', async () => {
      const files = open(subjectOf().healthy);
      for (const name of names) {
        expect(files.locate(source().urlOf(`${root}/${name}`))).toEqual({ path: `${root}/${name}` });
      }
      const elsewhere = files.locate('https://fabrikam.example/exports/a.csv?sig=canary');
      expect(elsewhere).toEqual({ elsewhere: expect.any(String) });
      expect(JSON.stringify(elsewhere)).not.toContain('canary');
    });

    it('says what is missing', async () => {
      const files = open(subjectOf().healthy);
      const missing = { isTransient: false };
      expect(await errorOf(all(files.list('no such folder', idle)))).toMatchObject({
        ...missing,
        code: 'folderMissing',
      });
      expect(await errorOf(all(files.list(`${root}/b`, idle)))).toMatchObject({ ...missing, code: 'folderMissing' });
      const reading = files.read(`${root}/none.csv`, 10, idle);
      expect(await errorOf(reading)).toMatchObject({ ...missing, code: 'fileMissing' });
      // A store may take the version that is asked for first.
      const { code } = await errorOf(text(files.stream(`${root}/none.csv`, '"1"', idle)));
      expect(['fileMissing', 'fileChanged']).toContain(code);
    });
  });
};

/** What a source on a network owes besides. */
export const describeNetworkSourceContract = (
  connector: Connector,
  subjectOf: () => ContractSubject,
  expectNoSecret: (output: unknown) => void,
): void => {
  describe('as a source on a network', () => {
    const idle = new AbortController().signal;
    const { open, closeAll } = sources(connector, subjectOf);
    const errorOf = (work: Promise<unknown>) => storeErrorOf(work, expectNoSecret);
    afterAll(closeAll);

    /** What each kind of call fails with. */
    const errorsOf = async (files: SourceFiles): Promise<StoreError[]> =>
      Promise.all([
        errorOf(all(files.list(root, idle))),
        errorOf(files.read(`${root}/a.csv`, 10, idle)),
        errorOf(all(files.stream(`${root}/a.csv`, '"1"', idle))),
      ]);

    it('says what is wrong with a wrong secret', async () => {
      for (const error of await errorsOf(open(subjectOf().wrongSecret))) {
        expect(error.isTransient).toBe(false);
        expect(error.code).not.toBe('unexpected');
      }
    });

    it('takes a host that nobody answers at for something that may pass', async () => {
      for (const error of await errorsOf(open(subjectOf().unreachable))) {
        expect(error.isTransient).toBe(true);
        expect(error.code).not.toBe('unexpected');
      }
    });

    it('gets nowhere that the outbound guard refuses', async () => {
      const errors = await errorsOf(open(subjectOf().healthy, createOutbound({ allowedHosts: [] })));
      for (const error of errors) expect(error.isTransient).toBe(false);
    });

    it('is over at once when nobody waits any more, or when it is closed', async () => {
      const from = performance.now();
      const abort = new AbortController();
      const reason = new Error('Nobody waits.');
      const listing = all(open(subjectOf().hanging).list(root, abort.signal));
      setTimeout(() => abort.abort(reason), 50);
      await expect(listing).rejects.toBe(reason);
      const whole = open(subjectOf().hanging, undefined, false, AbortSignal.timeout(50));
      await expect(whole.read(`${root}/a.csv`, 10, idle)).rejects.toMatchObject({ name: 'TimeoutError' });
      const files = open(subjectOf().hanging);
      const readings = [files.read(`${root}/a.csv`, 10, idle), text(files.stream(`${root}/a.csv`, '"1"', idle))];
      setTimeout(() => files.close(), 50);
      await Promise.all(readings.map((reading) => expect(reading).rejects.toBeInstanceOf(StoreError)));
      await expect(files.read(`${root}/a.csv`, 10, idle)).rejects.toBeInstanceOf(StoreError);
      expect(performance.now() - from).toBeLessThan(abortPatienceMs);
    });
  });
};
