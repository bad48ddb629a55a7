import type { DataLakeFileSystemClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  failureOf,
  listNames,
  newFilesystem,
  openTarget,
  readFile,
  type Target,
  writeFile,
} from '../testing/target.ts';

let target: Target;
let filesystem: DataLakeFileSystemClient;

beforeAll(async () => {
  target = await openTarget('hierarchical');
  filesystem = await newFilesystem(target);
});

afterAll(async () => {
  await filesystem.delete();
  await target.close();
});

describe('a file', () => {
  it('gets its new name and keeps content, metadata and data not yet flushed', async () => {
    const file = filesystem.getFileClient('file/old name.txt');
    await file.create({ metadata: { a: '1' } });
    await file.append('abc', 0, 3);
    await file.flush(3);
    await file.append('def', 3, 3);
    await file.move('file/new name.txt');
    expect(await file.exists()).toBe(false);
    const moved = filesystem.getFileClient('file/new name.txt');
    await moved.flush(6);
    expect(await readFile(filesystem, 'file/new name.txt')).toBe('abcdef');
    expect((await moved.getProperties()).metadata).toEqual({ a: '1' });
  });

  it('replaces another file unless told not to', async () => {
    await writeFile(filesystem, 'replace/from', 'new');
    await writeFile(filesystem, 'replace/to', 'old');
    const from = filesystem.getFileClient('replace/from');
    expect(await failureOf(from.move('replace/to', { destinationConditions: { ifNoneMatch: '*' } }))).toBe(
      '409 PathAlreadyExists',
    );
    await from.move('replace/to');
    expect(await readFile(filesystem, 'replace/to')).toBe('new');
  });

  it('honours conditions on both ends', async () => {
    await writeFile(filesystem, 'condition/from', 'x');
    await writeFile(filesystem, 'condition/to', 'y');
    const from = filesystem.getFileClient('condition/from');
    expect(await failureOf(from.move('condition/to', { conditions: { ifMatch: '"0x1"' } }))).toBe(
      '412 SourceConditionNotMet',
    );
    expect(await failureOf(from.move('condition/to', { destinationConditions: { ifMatch: '"0x1"' } }))).toBe(
      '412 ConditionNotMet',
    );
    const { etag } = await filesystem.getFileClient('condition/to').getProperties();
    await from.move('condition/to', { destinationConditions: { ifMatch: etag } });
    expect(await readFile(filesystem, 'condition/to')).toBe('x');
  });

  it('needs its lease', async () => {
    await writeFile(filesystem, 'lease/from', 'x');
    const from = filesystem.getFileClient('lease/from');
    const { leaseId } = await from.getDataLakeLeaseClient().acquireLease(-1);
    expect(await failureOf(from.move('lease/to'))).toBe('412 LeaseIdMissing');
    await from.move('lease/to', { conditions: { leaseId } });
    expect(await readFile(filesystem, 'lease/to')).toBe('x');
  });

  it('moves to another filesystem', async () => {
    const other = await newFilesystem(target);
    await writeFile(filesystem, 'across', 'x');
    await filesystem.getFileClient('across').move(other.name, 'arrived');
    expect(await readFile(other, 'arrived')).toBe('x');
    expect(await filesystem.getFileClient('across').exists()).toBe(false);
    await other.delete();
  });

  it('refuses what cannot be', async () => {
    await writeFile(filesystem, 'wrong/file', 'x');
    await filesystem.getDirectoryClient('wrong/dir').create();
    const file = filesystem.getFileClient('wrong/file');
    expect(await failureOf(filesystem.getFileClient('wrong/none').move('wrong/x'))).toBe('404 SourcePathNotFound');
    expect(await failureOf(file.move('wrong/missing/dir/x'))).toBe('404 RenameDestinationParentPathNotFound');
    expect(await failureOf(file.move('wrong/dir'))).toBe('409 InvalidSourceOrDestinationResourceType');
  });
});

describe('a directory', () => {
  it('moves with all that is in it, for both protocols', async () => {
    await writeFile(filesystem, 'tree/a/1', '1');
    await writeFile(filesystem, 'tree/a/b/2', '2');
    await writeFile(filesystem, 'tree/ab', 'beside');
    await filesystem.getDirectoryClient('tree/a').move('tree/z');
    expect(await listNames(filesystem, { path: 'tree', recursive: true })).toEqual([
      'tree/ab',
      'tree/z/',
      'tree/z/1',
      'tree/z/b/',
      'tree/z/b/2',
    ]);
    const blob = target.blob.getContainerClient(filesystem.name).getBlobClient('tree/z/b/2');
    expect((await blob.downloadToBuffer()).toString()).toBe('2');
  });

  it('replaces an empty directory, not a full one', async () => {
    await writeFile(filesystem, 'over/from/1', '1');
    await filesystem.getDirectoryClient('over/empty').create();
    await writeFile(filesystem, 'over/full/2', '2');
    expect(await failureOf(filesystem.getDirectoryClient('over/from').move('over/full'))).toMatch(/^409 /);
    await filesystem.getDirectoryClient('over/from').move('over/empty');
    expect(await readFile(filesystem, 'over/empty/1')).toBe('1');
  });

  it('does not move into a directory of the new name when told not to replace', async () => {
    await writeFile(filesystem, 'beside/from/1', '1');
    for (const name of ['beside/empty', 'beside/full/2']) await filesystem.getDirectoryClient(name).create();
    for (const name of ['beside/empty', 'beside/full']) {
      const moving = filesystem
        .getDirectoryClient('beside/from')
        .move(name, { destinationConditions: { ifNoneMatch: '*' } });
      expect(await failureOf(moving)).toBe('409 PathAlreadyExists');
    }
    expect(await readFile(filesystem, 'beside/from/1')).toBe('1');
  });

  it('cannot move into itself', async () => {
    await writeFile(filesystem, 'self/1', '1');
    expect(await failureOf(filesystem.getDirectoryClient('self').move('self/below'))).toBe(
      '409 InvalidRenameSourcePath',
    );
  });

  it('is seen by readers at its old or its new name, never in between', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `atomic/left/${index}`);
    await Promise.all(names.map((name) => writeFile(filesystem, name, name)));
    let isDone = false;
    const torn: string[] = [];
    const readers = Array.from({ length: 3 }, async () => {
      while (!isDone) {
        const seen = await listNames(filesystem, { path: 'atomic', recursive: true });
        const files = seen.filter((name) => !name.endsWith('/'));
        const parents = new Set(files.map((name) => name.split('/')[1]));
        if (files.length !== names.length || parents.size !== 1) torn.push(`${files.length} in ${[...parents]}`);
      }
    });
    for (let turn = 0; turn < 20; turn += 1) {
      const [from, to] = turn % 2 === 0 ? ['left', 'right'] : ['right', 'left'];
      await filesystem.getDirectoryClient(`atomic/${from}`).move(`atomic/${to}`);
    }
    isDone = true;
    await Promise.all(readers);
    expect(torn).toEqual([]);
  }, 30_000);
});
