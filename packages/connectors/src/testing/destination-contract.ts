import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connector, type DestinationEntry, type FileDestination, StoreError } from '../connector.ts';
import type { ContractSubject, LocalSubject } from '../connector-contract.ts';
import { createOutbound, type Outbound } from '../outbound/outbound.ts';
import type { RawTarget } from './run-check.ts';
import { storeErrorOf } from './store-errors.ts';

/** What a connector that takes files brings to the contract, beside what every connector brings. */
export type DestinationSubject = {
  /** Like the connector's own, but with at most three entries on a page of a listing. */
  openInSmallPages: NonNullable<Connector['openDestination']>;
  /** Where the healthy target's folder is in the store, as `contents()` spells paths; not the top of it. */
  baseFolder: string;
  /** Puts files past the connector; their content by their path as `contents()` spells it. */
  put(files: Readonly<Record<string, string>>): Promise<void>;
};

/** What one on a network brings besides. */
export type NetworkDestinationSubject = DestinationSubject & {
  /** The healthy place, but every connection breaks after about a mebibyte has been sent (`serveBreaking`). */
  breaking: RawTarget;
};

const names = ['a.csv', 'b c.csv', 'd+e.csv', '50%25.csv', 'Käse 東京.csv', "it's (1) & #2.csv", 'p=1;q?.csv'];
const refusedPaths = [
  '..',
  '../outside.txt',
  'a/../../outside.txt',
  'a/..',
  '/outside.txt',
  './a',
  'a//b',
  'a/',
  'a\0b',
];
const movers = Array.from({ length: 20 }, (_, number) => number);

/** More than one request or one buffer carries. */
const longBytes = 6 * 1024 * 1024;

/** How soon what was aborted is over. */
const abortPatienceMs = 2_000;

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const drained = async (entries: AsyncIterable<DestinationEntry>): Promise<DestinationEntry[]> => {
  const found: DestinationEntry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
};

/** Opens a connector's destination for files as the API does, and closes all that it opened. */
const fileDestinations = (connector: Connector, subjectOf: () => LocalSubject) => {
  const opened: FileDestination[] = [];
  return {
    open({
      target = subjectOf().healthy,
      outbound = subjectOf().outbound,
      opener = connector.openDestination,
      signal,
    }: {
      target?: RawTarget;
      outbound?: Outbound;
      opener?: Connector['openDestination'];
      signal?: AbortSignal;
    } = {}): FileDestination {
      const { settings, secrets } = connector.manifest;
      const destination = opener?.(
        { settings: settings.parse(target.settings), secrets: secrets.parse(target.secrets) },
        { outbound, now: () => new Date(), signal },
      );
      if (destination?.takes !== 'files') throw new Error('The connector cannot be opened as a destination for files.');
      opened.push(destination);
      return destination;
    },
    closeAll() {
      for (const destination of opened) destination.close();
    },
  };
};

/** What a destination for files owes to whoever exports, as tests; part of the contract of connectors. */
export const describeDestinationContract = (
  connector: Connector,
  subjectOf: () => LocalSubject,
  expectNoSecret: (output: unknown) => void,
): void => {
  describe('as a destination for files', () => {
    const idle = new AbortController().signal;
    const { open, closeAll } = fileDestinations(connector, subjectOf);
    const subject = () => subjectOf().destination as DestinationSubject;
    const errorOf = (work: Promise<unknown>) => storeErrorOf(work, expectNoSecret);

    const read = async (path: string): Promise<string | undefined> => textOf(await open().read(path, 1_000_000, idle));

    const allBelow = (folder: string, destination = open()) => drained(destination.list(folder, idle));
    const pathsBelow = async (folder: string, destination?: FileDestination): Promise<string[]> =>
      (await allBelow(folder, destination)).map(({ path }) => path).sort();

    const putAll = async (folder: string, files: Readonly<Record<string, string>>): Promise<void> => {
      const destination = open();
      for (const [name, text] of Object.entries(files)) {
        await destination.put(`${folder}/${name}`, bytesOf(text), idle);
      }
    };

    let spool: string;
    const long = randomBytes(longBytes);
    beforeAll(async () => {
      spool = await mkdtemp(join(tmpdir(), 'contract-spool-'));
    });
    afterAll(async () => {
      closeAll();
      await rm(spool, { recursive: true });
    });

    describe('put and read', () => {
      it('keeps what it is given, in folders that were missing', async () => {
        await putAll('keep/below/deep', { 'one.csv': 'one' });
        expect(await read('keep/below/deep/one.csv')).toBe('one');
      });

      it('replaces a file, by a shorter and by a longer one', async () => {
        for (const text of ['first', '2nd', 'the third one', '']) {
          await putAll('replace', { 'one.csv': text });
          expect(await read('replace/one.csv')).toBe(text);
        }
        expect(await pathsBelow('replace')).toEqual(['replace/one.csv']);
      });

      it.each(['a file', 'memory'])('takes megabytes from %s, and tells how many bytes have gone out', async (from) => {
        const file = join(spool, 'long.parquet');
        await writeFile(file, long);
        const told: number[] = [];
        const content = from === 'memory' ? long : { file };
        await open().put('long/long.parquet', content, idle, (bytes) => told.push(bytes));
        const found = await open().read('long/long.parquet', longBytes, idle);
        expect(Buffer.compare(found ?? new Uint8Array(), long)).toBe(0);
        expect(told.at(-1)).toBe(longBytes);
        expect(told).toEqual(told.toSorted((one, other) => one - other));
        await rm(file, { force: true });
        expect((await open().read('long/long.parquet', longBytes, idle))?.length).toBe(longBytes);
      });

      it('takes an empty file', async () => {
        const file = join(spool, 'empty.csv');
        await writeFile(file, '');
        await open().put('empty/from-file.csv', { file }, idle);
        await open().put('empty/from-memory.csv', new Uint8Array(), idle);
        for (const name of ['from-file.csv', 'from-memory.csv']) expect(await read(`empty/${name}`)).toBe('');
      });

      it('takes names as people and tools give them', async () => {
        await putAll('odd names', Object.fromEntries(names.map((name) => [name, `content of ${name}`])));
        for (const name of names) expect(await read(`odd names/${name}`)).toBe(`content of ${name}`);
        expect(await pathsBelow('odd names')).toEqual(names.map((name) => `odd names/${name}`).sort());
        for (const name of names) {
          expect(await open().moveFile(`odd names/${name}`, `moved names/${name}`, { replaces: false }, idle)).toBe(
            'moved',
          );
        }
        expect(await open().moveFolder('moved names', "moved again #1 & it's 50%25", idle)).toBe('moved');
        expect(await pathsBelow("moved again #1 & it's 50%25")).toEqual(
          names.map((name) => `moved again #1 & it's 50%25/${name}`).sort(),
        );
      });

      it('has nothing to read where no file is', async () => {
        await putAll('nothing', { 'one.csv': 'one' });
        expect(await read('nothing/two.csv')).toBeUndefined();
        expect(await read('no such folder/one.csv')).toBeUndefined();
        expect(await read('nothing')).toBeUndefined();
      });

      it('refuses to read a file that is longer than asked for', async () => {
        await putAll('bounded', { 'ten.txt': '0123456789' });
        expect((await open().read('bounded/ten.txt', 10, idle))?.length).toBe(10);
        expect(await errorOf(open().read('bounded/ten.txt', 9, idle))).toMatchObject({
          code: 'fileTooLarge',
          isTransient: false,
        });
      });

      it('says what is wrong with a file of this machine that is not there', async () => {
        const work = open().put('local/one.csv', { file: join(spool, 'none.csv') }, idle);
        expect((await errorOf(work)).isTransient).toBe(false);
        expect(await read('local/one.csv')).toBeUndefined();
      });

      it('leaves the old or nothing, never half, when a put is aborted', async () => {
        await putAll('aborted', { 'old.bin': 'old' });
        for (const path of ['aborted/old.bin', 'aborted/new.bin']) {
          const before = await read(path);
          for (const content of [long, { file: join(spool, 'aborted.bin') }]) {
            await writeFile(join(spool, 'aborted.bin'), long);
            const abort = new AbortController();
            const reason = new Error('Nobody waits.');
            const putting = open().put(path, content, abort.signal, () => abort.abort(reason));
            setTimeout(() => abort.abort(reason), 5);
            const outcome = await putting.catch((error: unknown) => error);
            const found = await open().read(path, longBytes, idle);
            if (outcome === undefined || found?.length === longBytes) {
              expect(Buffer.compare(found ?? new Uint8Array(), long)).toBe(0);
              await (before === undefined ? open().removeFile(path, idle) : putAll('aborted', { 'old.bin': 'old' }));
            } else {
              expect(outcome).toBe(reason);
              expect(textOf(found)).toBe(before);
            }
          }
        }
      });
    });

    describe('moveFile', () => {
      const keeping = { replaces: false };

      it('gives a file another name, in folders that were missing', async () => {
        await putAll('move', { 'one.csv': 'one' });
        expect(await open().moveFile('move/one.csv', 'move/to/deep/two.csv', keeping, idle)).toBe('moved');
        expect(await read('move/one.csv')).toBeUndefined();
        expect(await read('move/to/deep/two.csv')).toBe('one');
      });

      it('says when there is nothing to move', async () => {
        await putAll('gone', { 'one.csv': 'one', 'folder/two.csv': 'two' });
        for (const options of [keeping, { replaces: true }]) {
          for (const from of ['gone/none.csv', 'gone/none/none.csv', 'gone/folder']) {
            expect(await open().moveFile(from, 'gone/to.csv', options, idle)).toBe('gone');
          }
        }
        expect(await pathsBelow('gone')).toEqual(['gone/folder', 'gone/folder/two.csv', 'gone/one.csv']);
      });

      it('does not replace a file unless it is told to', async () => {
        await putAll('taken', { 'one.csv': 'one', 'two.csv': 'two' });
        expect(await open().moveFile('taken/one.csv', 'taken/two.csv', keeping, idle)).toBe('taken');
        expect([await read('taken/one.csv'), await read('taken/two.csv')]).toEqual(['one', 'two']);
        expect(await open().moveFile('taken/one.csv', 'taken/two.csv', { replaces: true }, idle)).toBe('moved');
        expect([await read('taken/one.csv'), await read('taken/two.csv')]).toEqual([undefined, 'one']);
      });

      it('lets one of many that move to one name succeed', async () => {
        await putAll('race-to', Object.fromEntries(movers.map((number) => [`${number}.csv`, `content ${number}`])));
        const outcomes = await Promise.all(
          movers.map((number) => open().moveFile(`race-to/${number}.csv`, 'race-to/winner.csv', keeping, idle)),
        );
        const winner = outcomes.indexOf('moved');
        expect(outcomes).toEqual(movers.map((number) => (number === winner ? 'moved' : 'taken')));
        expect(await read('race-to/winner.csv')).toBe(`content ${winner}`);
        const left = await Promise.all(movers.map((number) => read(`race-to/${number}.csv`)));
        expect(left).toEqual(movers.map((number) => (number === winner ? undefined : `content ${number}`)));
      });

      it.each([false, true])('lets one of many that move one file succeed (replaces: %s)', async (replaces) => {
        const folder = `race-from-${replaces}`;
        await putAll(folder, { 'one.csv': 'one' });
        const outcomes = await Promise.all(
          movers.map((number) => open().moveFile(`${folder}/one.csv`, `${folder}/${number}.csv`, { replaces }, idle)),
        );
        const winner = outcomes.indexOf('moved');
        expect(outcomes).toEqual(movers.map((number) => (number === winner ? 'moved' : 'gone')));
        expect(await pathsBelow(folder)).toEqual([`${folder}/${winner}.csv`]);
        expect(await read(`${folder}/${winner}.csv`)).toBe('one');
      });

      it('lets one of many that move one file to one name succeed', async () => {
        await putAll('race-both', { 'one.csv': 'one' });
        const outcomes = await Promise.all(
          movers.map(() => open().moveFile('race-both/one.csv', 'race-both/two.csv', keeping, idle)),
        );
        expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(1);
        expect(await pathsBelow('race-both')).toEqual(['race-both/two.csv']);
        expect(await read('race-both/two.csv')).toBe('one');
      });

      it('can be repeated after an interruption', async () => {
        for (const delayMs of [0, 1, 2, 4, 8]) {
          const [from, to] = [`again/${delayMs}.csv`, `again/${delayMs}.moved.csv`];
          await open().put(from, bytesOf('one'), idle);
          const abort = new AbortController();
          setTimeout(() => abort.abort(new Error('Nobody waits.')), delayMs);
          await open()
            .moveFile(from, to, keeping, abort.signal)
            .catch(() => undefined);
          expect(['moved', 'gone']).toContain(await open().moveFile(from, to, keeping, idle));
          expect([await read(from), await read(to)]).toEqual([undefined, 'one']);
        }
      });
    });

    describe('moveFolder', () => {
      const files = { 'one.csv': 'one', 'below/two.csv': 'two', 'below/deep/three.csv': 'three', 'z.csv': '' };
      const pathsOf = (folder: string) =>
        [...Object.keys(files), 'below', 'below/deep'].map((name) => `${folder}/${name}`).sort();

      it('gives a folder another name with all that is in it', async () => {
        await putAll('folder/from', files);
        expect(await open().moveFolder('folder/from', 'folder/to/deep', idle)).toBe('moved');
        expect(await pathsBelow('folder/to/deep')).toEqual(pathsOf('folder/to/deep'));
        for (const [name, text] of Object.entries(files)) expect(await read(`folder/to/deep/${name}`)).toBe(text);
        expect(await open().exists('folder/from', idle)).toBe(false);
      });

      it('says when there is nothing to move', async () => {
        expect(await open().moveFolder('no such folder', 'nothing here', idle)).toBe('gone');
        expect(await open().exists('nothing here', idle)).toBe(false);
      });

      it('never replaces', async () => {
        await putAll('never/one', files);
        await putAll('never/two', { 'other.csv': 'other' });
        expect(await open().moveFolder('never/one', 'never/two', idle)).toBe('taken');
        expect(await pathsBelow('never/one')).toEqual(pathsOf('never/one'));
        expect(await pathsBelow('never/two')).toEqual(['never/two/other.csv']);
      });

      it('is completed by calling it again after an interruption', async () => {
        for (const delayMs of [0, 2, 5, 10, 20, 40]) {
          const [from, to] = [`interrupted/${delayMs}`, `completed/${delayMs}`];
          await putAll(from, files);
          const abort = new AbortController();
          setTimeout(() => abort.abort(new Error('Nobody waits.')), delayMs);
          await open()
            .moveFolder(from, to, abort.signal)
            .catch(() => undefined);
          expect(['moved', 'gone']).toContain(await open().moveFolder(from, to, idle));
          expect(await pathsBelow(to)).toEqual(pathsOf(to));
          for (const [name, text] of Object.entries(files)) expect(await read(`${to}/${name}`)).toBe(text);
          expect(await pathsBelow(from)).toEqual([]);
        }
      });
    });

    describe('list, exists and remove', () => {
      it('lists everything below a folder, each once, however many pages it needs', async () => {
        const many = Object.fromEntries(movers.map((number) => [`below/${number % 4}/part-${number}.csv`, 'part']));
        await putAll('listed', { ...many, 'one.csv': 'one' });
        await putAll('listed-beside', { 'one.csv': 'one' });
        const expected = [...Object.keys(many), 'one.csv', 'below', 'below/0', 'below/1', 'below/2', 'below/3'];
        for (const opener of [connector.openDestination, subject().openInSmallPages]) {
          const entries = await allBelow('listed', open({ opener }));
          expect(entries.map(({ path }) => path).sort()).toEqual(expected.map((name) => `listed/${name}`).sort());
          const folders = entries.filter(({ isFolder }) => isFolder).map(({ path }) => path);
          expect(folders.sort()).toEqual(['', '/0', '/1', '/2', '/3'].map((name) => `listed/below${name}`));
          const one = entries.find(({ path }) => path === 'listed/one.csv');
          expect(one).toMatchObject({ isFolder: false, bytes: 3 });
          expect(Math.abs(Date.parse(one?.modifiedAt ?? '') - Date.now())).toBeLessThan(60_000);
        }
      });

      it('can be left in the middle of a listing', async () => {
        await putAll('left', Object.fromEntries(movers.map((number) => [`${number}.csv`, 'part'])));
        for await (const entry of open({ opener: subject().openInSmallPages }).list('left', idle)) {
          expect(entry.path).toMatch(/^left\//);
          break;
        }
      });

      it('lists the connection’s folder itself, and nothing where no folder is', async () => {
        await putAll('top', { 'one.csv': 'one' });
        expect(await pathsBelow('')).toEqual(expect.arrayContaining(['top', 'top/one.csv']));
        expect(await pathsBelow('no such folder')).toEqual([]);
        expect(await pathsBelow('to')).toEqual([]);
      });

      it('knows what exists, file or folder', async () => {
        await putAll('exists', { 'below/one.csv': 'one' });
        const paths = ['exists', 'exists/below', 'exists/below/one.csv', 'exist', 'exists/below/one', 'exists/none/x'];
        const found = await Promise.all(paths.map((path) => open().exists(path, idle)));
        expect(found).toEqual([true, true, true, false, false, false]);
      });

      it('removes a file, and minds not when there is none', async () => {
        await putAll('remove', { 'one.csv': 'one', 'two.csv': 'two' });
        for (const path of ['remove/one.csv', 'remove/one.csv', 'no such folder/one.csv']) {
          await open().removeFile(path, idle);
        }
        expect(await pathsBelow('remove')).toEqual(['remove/two.csv']);
      });

      it('removes a folder with all that is in it, and minds not when there is none', async () => {
        await putAll('clear', { 'one.csv': 'one', 'below/deep/two.csv': 'two' });
        await putAll('clear-not', { 'one.csv': 'one' });
        for (const _ of ['there', 'not there']) await open().removeFolder('clear', idle);
        expect(await open().exists('clear', idle)).toBe(false);
        expect(await pathsBelow('clear')).toEqual([]);
        expect(await pathsBelow('clear-not')).toEqual(['clear-not/one.csv']);
      });
    });

    describe('the place', () => {
      it('says how it is named, without a credential', async () => {
        const [one, other] = ['a/one.csv', 'a/b c#1.csv'].map((path) => open().locationOf(path));
        expect(one).toMatch(/a\/one\.csv$/);
        expect(other).not.toBe(one);
        expectNoSecret([one, other]);
      });

      it('touches nothing outside the connection’s folder', async () => {
        const { baseFolder, put } = subject();
        const outside = async () =>
          (await subjectOf().contents())
            .filter((path) => path !== baseFolder && !path.startsWith(`${baseFolder}/`))
            .sort();
        await put({ 'outside.txt': 'outside', [`${baseFolder}-beside/outside.txt`]: 'beside' });
        const before = await outside();
        expect(before).toContain('outside.txt');
        await putAll('inside', { 'one.csv': 'one', 'two/three.csv': 'three' });
        await open().moveFile('inside/one.csv', 'outside.txt', { replaces: true }, idle);
        await open().moveFolder('inside', 'inside-moved', idle);
        await open().removeFile('outside.txt', idle);
        await open().removeFolder('inside-moved', idle);
        expect(await outside()).toEqual(before);
      });

      it.each(refusedPaths)('refuses the path %j', async (path) => {
        await subject().put({ 'outside.txt': 'outside' });
        await putAll('refused', { 'one.csv': 'one' });
        const keeping = { replaces: true };
        const destination = open();
        const works = [
          () => destination.put(path, bytesOf('x'), idle),
          () => destination.read(path, 100, idle),
          () => destination.exists(path, idle),
          () => destination.moveFile(path, 'refused/two.csv', keeping, idle),
          () => destination.moveFile('refused/one.csv', path, keeping, idle),
          () => destination.moveFolder(path, 'refused-moved', idle),
          () => destination.moveFolder('refused', path, idle),
          () => pathsBelow(path, destination),
          () => destination.removeFile(path, idle),
          () => destination.removeFolder(path, idle),
        ];
        const contents = async () => (await subjectOf().contents()).sort();
        const before = await contents();
        for (const work of works) {
          expect(await errorOf(work())).toMatchObject({ code: 'pathRefused', isTransient: false });
        }
        expect(await contents()).toEqual(before);
      });

      it('does not take the connection’s folder for a file, nor for a folder to remove', async () => {
        await putAll('whole', { 'one.csv': 'one' });
        const works = [open().put('', bytesOf('x'), idle), open().removeFile('', idle), open().removeFolder('', idle)];
        for (const error of await Promise.all(works.map(errorOf))) expect(error).toMatchObject({ code: 'pathRefused' });
        expect(await read('whole/one.csv')).toBe('one');
      });
    });

    describe('the end', () => {
      it('begins nothing when nobody waits, and nothing when it is closed', async () => {
        await putAll('end', { 'one.csv': 'one' });
        const reason = new Error('Nobody waits.');
        const aborted = AbortSignal.abort(reason);
        const closed = open();
        closed.close();
        const worksOf = (destination: FileDestination, signal: AbortSignal) => [
          destination.put('end/two.csv', bytesOf('two'), signal),
          destination.read('end/one.csv', 100, signal),
          destination.moveFile('end/one.csv', 'end/three.csv', { replaces: false }, signal),
          destination.removeFile('end/one.csv', signal),
          destination.removeFolder('end', signal),
        ];
        for (const works of [worksOf(open(), aborted), worksOf(open({ signal: aborted }), idle)]) {
          await Promise.all(works.map((work) => expect(work).rejects.toBe(reason)));
        }
        await Promise.all(worksOf(closed, idle).map((work) => expect(work).rejects.toBeInstanceOf(StoreError)));
        expect(await pathsBelow('end')).toEqual(['end/one.csv']);
      });
    });
  });
};

/** What such a destination on a network owes besides. */
export const describeNetworkDestinationContract = (
  connector: Connector,
  subjectOf: () => ContractSubject,
  expectNoSecret: (output: unknown) => void,
): void => {
  describe('as a destination for files on a network', () => {
    const idle = new AbortController().signal;
    const { open, closeAll } = fileDestinations(connector, subjectOf);
    const errorOf = (work: Promise<unknown>) => storeErrorOf(work, expectNoSecret);
    afterAll(closeAll);

    /** One of each kind of call. */
    const worksOf = (destination: FileDestination, signal = idle): Promise<unknown>[] => [
      destination.put('network/one.csv', bytesOf('one'), signal),
      destination.read('network/one.csv', 100, signal),
      destination.moveFile('network/one.csv', 'network/two.csv', { replaces: false }, signal),
      destination.moveFolder('network', 'network-moved', signal),
      drained(destination.list('network', signal)),
      destination.exists('network/one.csv', signal),
      destination.removeFile('network/one.csv', signal),
      destination.removeFolder('network', signal),
    ];

    const errorsOf = (destination: FileDestination) => Promise.all(worksOf(destination).map(errorOf));

    it('says what is wrong with a wrong secret', async () => {
      for (const error of await errorsOf(open({ target: subjectOf().wrongSecret }))) {
        expect(error.isTransient).toBe(false);
        expect(error.code).not.toBe('unexpected');
      }
    });

    it('takes a host that nobody answers at for something that may pass', async () => {
      for (const error of await errorsOf(open({ target: subjectOf().unreachable }))) {
        expect(error.isTransient).toBe(true);
        expect(error.code).not.toBe('unexpected');
      }
    });

    it('gets nowhere that the outbound guard refuses', async () => {
      const errors = await errorsOf(open({ outbound: createOutbound({ allowedHosts: [] }) }));
      for (const { isTransient } of errors) expect(isTransient).toBe(false);
    });

    it('is over at once when nobody waits any more', async () => {
      const from = performance.now();
      const abort = new AbortController();
      const reason = new Error('Nobody waits.');
      setTimeout(() => abort.abort(reason), 50);
      const target = subjectOf().hanging;
      const works = [...worksOf(open({ target }), abort.signal), ...worksOf(open({ target, signal: abort.signal }))];
      await Promise.all(works.map((work) => expect(work).rejects.toBe(reason)));
      expect(performance.now() - from).toBeLessThan(abortPatienceMs);
    });

    it('is over at once when it is closed', async () => {
      const from = performance.now();
      const destination = open({ target: subjectOf().hanging });
      const works = worksOf(destination);
      setTimeout(() => destination.close(), 50);
      await Promise.all(works.map((work) => expect(work).rejects.toBeInstanceOf(StoreError)));
      expect(performance.now() - from).toBeLessThan(abortPatienceMs);
    });

    it('leaves the old or nothing, never half, when the connection breaks', async () => {
      const { breaking } = subjectOf().destination as NetworkDestinationSubject;
      await open().put('broken/old.bin', bytesOf('old'), idle);
      for (const [path, before] of [
        ['broken/old.bin', 'old'],
        ['broken/new.bin', undefined],
      ] as const) {
        const error = await errorOf(open({ target: breaking }).put(path, randomBytes(longBytes), idle));
        expect(error.isTransient).toBe(true);
        expect(textOf(await open().read(path, longBytes, idle))).toBe(before);
      }
    });
  });
};
