import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type FileDestination, StoreError } from '../connector.ts';
import { openDestinationWorld, pathsBelow } from '../shared-azure-storage/testing/destination-world.ts';
import { containerOf, flatAccount, lakeAccount } from '../testing/lake-subject.ts';
import { serveHttp, type TestServer } from '../testing/servers.ts';
import { openBlobTree } from './blob-tree.ts';

const { lake, open, close } = await openDestinationWorld();
const servers: TestServer[] = [];
const idle = new AbortController().signal;
const keeping = { replaces: false };
afterEach(() => lake.clearFaults());
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await close();
});

const text = (content: string): Uint8Array => Buffer.from(content);

const failureOf = async (work: Promise<unknown>): Promise<StoreError> => {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof StoreError)) throw new Error(`Not a StoreError: ${String(error)}`);
  return error;
};

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe.each([
  ['without', flatAccount],
  ['with', lakeAccount],
])('moving on an account %s a hierarchical namespace', (_name, account) => {
  const destination = open(openBlobTree, { account });
  const blob = (path: string) => containerOf(lake, account).getBlockBlobClient(path);
  const read = async (path: string): Promise<string | undefined> => {
    const bytes = await destination.read(path, 1_000, idle);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString();
  };
  const putAll = async (folder: string, names: readonly string[]): Promise<void> => {
    for (const name of names) await destination.put(`${folder}/${name}`, text(name), idle);
  };
  /** Everything below a folder, claims too. */
  const blobsBelow = async (folder: string): Promise<string[]> => {
    const names: string[] = [];
    const all = containerOf(lake, account).listBlobsFlat({ prefix: `${folder}/`, includeMetadata: true });
    for await (const { name, metadata } of all) if (metadata?.hdi_isfolder === undefined) names.push(name);
    return names;
  };

  describe('a file', () => {
    it('keeps what it says of itself', async () => {
      const options = { metadata: { author: 'ada' }, blobHTTPHeaders: { blobContentType: 'text/csv' } };
      await blob('kept/a.csv').upload('a', 1, options);
      expect(await destination.moveFile('kept/a.csv', 'kept/b.csv', keeping, idle)).toBe('moved');
      const { metadata, contentType, leaseState } = await blob('kept/b.csv').getProperties();
      expect([metadata?.author, contentType, leaseState]).toEqual(['ada', 'text/csv', 'available']);
    });

    it('is completed when it was copied but not removed', async () => {
      await putAll('half', ['a.csv']);
      lake.addFault({ match: { method: 'DELETE', times: 1 }, fault: { reset: true } });
      const interrupted = await failureOf(destination.moveFile('half/a.csv', 'half/b.csv', keeping, idle));
      expect(interrupted.isTransient).toBe(true);
      expect([await read('half/a.csv'), await read('half/b.csv')]).toEqual(['a.csv', 'a.csv']);
      expect(await destination.moveFile('half/a.csv', 'half/b.csv', keeping, idle)).toBe('moved');
      expect([await read('half/a.csv'), await read('half/b.csv')]).toEqual([undefined, 'a.csv']);
      expect(await destination.moveFile('half/a.csv', 'half/b.csv', keeping, idle)).toBe('gone');
    });

    it('is completed at once although the lease of the attempt is still there', async () => {
      await putAll('killed', ['a.csv']);
      lake.addFault({ match: { method: 'DELETE', times: 1 }, fault: { reset: true } });
      const release = lake.addFault({ match: { path: /comp=lease/, nth: 2 }, fault: { reset: true } });
      await failureOf(destination.moveFile('killed/a.csv', 'killed/b.csv', keeping, idle));
      release();
      expect((await blob('killed/a.csv').getProperties()).leaseState).toBe('leased');
      expect(await destination.moveFile('killed/a.csv', 'killed/b.csv', keeping, idle)).toBe('moved');
      expect(await pathsBelow(destination, 'killed')).toEqual(['killed/b.csv']);
    });

    it('does not take a file with the same content for its own copy', async () => {
      await putAll('alike', ['a.csv']);
      await destination.put('alike/b.csv', text('a.csv'), idle);
      expect(await destination.moveFile('alike/a.csv', 'alike/b.csv', keeping, idle)).toBe('taken');
      expect(await read('alike/a.csv')).toBe('a.csv');
    });

    it('loses no version that came after an attempt that was interrupted', async () => {
      await putAll('newer', ['a.csv']);
      lake.addFault({ match: { method: 'DELETE', times: 1 }, fault: { reset: true } });
      await failureOf(destination.moveFile('newer/a.csv', 'newer/b.csv', keeping, idle));
      await destination.put('newer/a.csv', text('newer'), idle);
      expect(await destination.moveFile('newer/a.csv', 'newer/b.csv', keeping, idle)).toBe('taken');
      expect([await read('newer/a.csv'), await read('newer/b.csv')]).toEqual(['newer', 'a.csv']);
    });

    it('is moved once when the first mover has stalled for longer than its lease', async () => {
      for (const replaces of [false, true]) {
        await destination.put('stalled/a.csv', text('a.csv'), idle);
        lake.clearFaults();
        lake.addFault({ match: { method: 'DELETE', path: '/stalled/a.csv', nth: 1 }, fault: { latencyMs: 600 } });
        const stalled = destination.moveFile('stalled/a.csv', 'stalled/first.csv', { replaces }, idle);
        await until(() => destination.exists('stalled/first.csv', idle));
        await blob('stalled/a.csv').getBlobLeaseClient().breakLease(0);
        const second = `stalled/second-${replaces}.csv`;
        expect(await destination.moveFile('stalled/a.csv', second, keeping, idle)).toBe('moved');
        expect(await stalled).toBe('gone');
        expect(await destination.exists('stalled/first.csv', idle)).toBe(false);
        expect(await read(second)).toBe('a.csv');
      }
    });

    it('is there once when the first mover has stalled and another has moved it to the same name', async () => {
      for (const replaces of [false, true]) {
        await destination.put('twice/a.csv', text('a.csv'), idle);
        lake.clearFaults();
        lake.addFault({ match: { method: 'DELETE', path: '/twice/a.csv', nth: 1 }, fault: { latencyMs: 600 } });
        const to = `twice/b-${replaces}.csv`;
        const stalled = destination.moveFile('twice/a.csv', to, { replaces }, idle);
        await until(() => destination.exists(to, idle));
        expect(await destination.moveFile('twice/a.csv', to, { replaces }, idle)).toBe('moved');
        expect(await stalled).toBe('gone');
        expect([await read('twice/a.csv'), await read(to)]).toEqual([undefined, 'a.csv']);
      }
    });

    it('waits for another mover, who may fail', async () => {
      await putAll('waits', ['a.csv']);
      const lease = blob('waits/a.csv').getBlobLeaseClient();
      await lease.acquireLease(15);
      setTimeout(() => lease.releaseLease(), 300);
      expect(await destination.moveFile('waits/a.csv', 'waits/b.csv', keeping, idle)).toBe('moved');
    });

    it('stays where it is when it is moved to its own name', async () => {
      await putAll('same', ['a.csv']);
      expect(await destination.moveFile('same/a.csv', 'same/a.csv', keeping, idle)).toBe('taken');
      expect(await destination.moveFile('same/a.csv', 'same/a.csv', { replaces: true }, idle)).toBe('moved');
      expect(await read('same/a.csv')).toBe('a.csv');
    });
  });

  describe('a copy that takes longer', () => {
    /** The emulator, where copies are told to be this far, look by look; the last one stays. */
    const slowCopy = async (...states: string[]): Promise<FileDestination> => {
      let isCopying = false;
      const server = await serveHttp((incoming, outgoing) => {
        const isCopy = incoming.headers['x-ms-copy-source'] !== undefined;
        const { method, headers: sent } = incoming;
        const forwarded = httpRequest(`${lake.url}${incoming.url}`, { method, headers: sent }, (answer) => {
          const { headers } = answer;
          if (isCopy) isCopying = true;
          if (headers['x-ms-copy-status'] !== undefined && isCopying) {
            headers['x-ms-copy-status'] = isCopy ? 'pending' : states.length > 1 ? states.shift() : states[0];
          }
          outgoing.writeHead(answer.statusCode ?? 502, headers);
          answer.pipe(outgoing);
        });
        incoming.pipe(forwarded);
      });
      servers.push(server);
      return open(openBlobTree, { account, endpoint: server.url });
    };

    it('is waited for', async () => {
      await putAll('slow', ['a.csv']);
      const moving = (await slowCopy('pending', 'success')).moveFile('slow/a.csv', 'slow/b.csv', keeping, idle);
      expect(await moving).toBe('moved');
      expect(await pathsBelow(destination, 'slow')).toEqual(['slow/b.csv']);
    });

    it.each(['failed', 'aborted'])('and %s leaves nothing under the name', async (state) => {
      await putAll(state, ['a.csv']);
      const moving = (await slowCopy(state)).moveFile(`${state}/a.csv`, `${state}/b.csv`, keeping, idle);
      expect(await failureOf(moving)).toMatchObject({ code: 'copyFailed', isTransient: true });
      expect(await pathsBelow(destination, state)).toEqual([`${state}/a.csv`]);
      expect((await blob(`${state}/a.csv`).getProperties()).leaseState).toBe('available');
    });

    it('is not waited for when nobody waits', async () => {
      await putAll('impatient', ['a.csv']);
      const abort = new AbortController();
      const reason = new Error('Nobody waits.');
      const slow = await slowCopy('pending', 'failed');
      const moving = slow.moveFile('impatient/a.csv', 'impatient/b.csv', keeping, abort.signal);
      setTimeout(() => abort.abort(reason), 300);
      await expect(moving).rejects.toBe(reason);
      expect(await pathsBelow(destination, 'impatient')).toEqual(['impatient/a.csv']);
    });
  });

  describe('a folder', () => {
    const names = Array.from({ length: 10 }, (_, number) => `below/${number % 3}/${number}.csv`);

    it('is completed wherever it was interrupted, and leaves no trace', async () => {
      for (const nth of [1, 4, 10]) {
        const [from, to] = [`stopped/${nth}/from`, `stopped/${nth}/to`];
        await putAll(from, names);
        const resume = lake.addFault({ match: { method: 'DELETE', nth }, fault: { reset: true } });
        expect((await failureOf(destination.moveFolder(from, to, idle))).isTransient).toBe(true);
        resume();
        expect(await destination.moveFolder(from, to, idle)).toBe('moved');
        expect(await blobsBelow(`stopped/${nth}`)).toEqual(names.map((name) => `${to}/${name}`).sort());
        expect(await destination.exists(from, idle)).toBe(false);
        expect(await destination.moveFolder(from, to, idle)).toBe('gone');
      }
    });

    it('is completed when only its claim was left', async () => {
      await putAll('claim/from', names);
      const resume = lake.addFault({ match: { method: 'DELETE', path: '.junction-' }, fault: { reset: true } });
      await failureOf(destination.moveFolder('claim/from', 'claim/to', idle));
      resume();
      expect(await blobsBelow('claim')).toContainEqual(expect.stringContaining('.junction-move-'));
      expect(await destination.moveFolder('claim/from', 'claim/to', idle)).toBe('moved');
      expect(await blobsBelow('claim')).toEqual(names.map((name) => `claim/to/${name}`).sort());
    });

    it('keeps a name from others until it is completed', async () => {
      await putAll('name/one', ['a.csv', 'b.csv']);
      await putAll('name/two', ['a.csv', 'c.csv']);
      const resume = lake.addFault({ match: { method: 'DELETE', nth: 1 }, fault: { reset: true } });
      await failureOf(destination.moveFolder('name/one', 'name/to', idle));
      resume();
      expect(await destination.moveFolder('name/two', 'name/to', idle)).toBe('taken');
      expect(await destination.moveFolder('name/one', 'name/to', idle)).toBe('moved');
      expect(await blobsBelow('name')).toEqual(['name/to/a.csv', 'name/to/b.csv', 'name/two/a.csv', 'name/two/c.csv']);
    });

    it('lets one of several that move to one name succeed', async () => {
      const folders = ['1', '2', '3', '4'];
      for (const folder of folders) await putAll(`crowd/${folder}`, [`${folder}.csv`, 'same.csv']);
      const outcomes = await Promise.all(
        folders.map((folder) => destination.moveFolder(`crowd/${folder}`, 'crowd/to', idle)),
      );
      expect(outcomes.toSorted()).toEqual(['moved', 'taken', 'taken', 'taken']);
      const winner = folders[outcomes.indexOf('moved')];
      expect(await pathsBelow(destination, 'crowd/to')).toEqual([`crowd/to/${winner}.csv`, 'crowd/to/same.csv']);
    });

    it('goes nowhere where something is, be it a file or in its way', async () => {
      await putAll('way/from', ['a.csv']);
      await putAll('way', ['file', 'folder/b.csv']);
      for (const to of ['way/file', 'way/folder']) {
        expect(await destination.moveFolder('way/from', to, idle)).toBe('taken');
      }
      expect(await blobsBelow('way')).toEqual(['way/file', 'way/folder/b.csv', 'way/from/a.csv']);
    });

    it('is moved with folders that have nothing in them', async () => {
      const metadata = { hdi_isfolder: 'true' };
      await putAll('hollow/from', ['a.csv']);
      await blob('hollow/from/empty').upload('', 0, { metadata });
      expect(await destination.moveFolder('hollow/from', 'hollow/to', idle)).toBe('moved');
      expect(await pathsBelow(destination, 'hollow')).toEqual(['hollow/to/', 'hollow/to/a.csv', 'hollow/to/empty/']);
    });
  });
});
