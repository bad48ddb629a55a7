import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connector, type SourceEntry, type SourceFiles, StoreError } from '../connector.ts';
import type { ContractSubject, LocalSubject } from '../connector-contract.ts';
import { createOutbound, type Outbound } from '../outbound/outbound.ts';
import type { RawTarget } from './run-check.ts';
import { storeErrorOf } from './store-errors.ts';

/** What a connector with the capability `source` brings to the contract, beside what every connector brings. */
export type SourceSubject = {
  /** Like the connector's own, but with at most three entries on a page of a listing. */
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

const all = async (entries: AsyncIterable<SourceEntry>): Promise<SourceEntry[]> => {
  const found: SourceEntry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
};

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
      expect(await errorOf(files.read(`${root}/none.csv`, 10, idle))).toMatchObject({
        ...missing,
        code: 'fileMissing',
      });
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

    it('says what is wrong with a wrong secret', async () => {
      const files = open(subjectOf().wrongSecret);
      const errors = [await errorOf(all(files.list(root, idle))), await errorOf(files.read(`${root}/a.csv`, 10, idle))];
      for (const error of errors) {
        expect(error.isTransient).toBe(false);
        expect(error.code).not.toBe('unexpected');
      }
    });

    it('takes a host that nobody answers at for something that may pass', async () => {
      const error = await errorOf(all(open(subjectOf().unreachable).list(root, idle)));
      expect(error.isTransient).toBe(true);
      expect(error.code).not.toBe('unexpected');
    });

    it('gets nowhere that the outbound guard refuses', async () => {
      const files = open(subjectOf().healthy, createOutbound({ allowedHosts: [] }));
      const errors = [await errorOf(all(files.list(root, idle))), await errorOf(files.read(`${root}/a.csv`, 10, idle))];
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
      const reading = files.read(`${root}/a.csv`, 10, idle);
      setTimeout(() => files.close(), 50);
      await expect(reading).rejects.toBeInstanceOf(StoreError);
      await expect(files.read(`${root}/a.csv`, 10, idle)).rejects.toBeInstanceOf(StoreError);
      expect(performance.now() - from).toBeLessThan(abortPatienceMs);
    });
  });
};
