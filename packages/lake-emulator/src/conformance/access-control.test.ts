import type { DataLakeFileSystemClient, PathAccessControlItem } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { failureOf, newFilesystem, openTarget, type Target, writeFile } from '../testing/target.ts';

let target: Target;
let filesystem: DataLakeFileSystemClient;

beforeAll(async () => {
  target = await openTarget('hierarchical');
  filesystem = await newFilesystem(target);
  await writeFile(filesystem, 'dir/file', 'x');
});

afterAll(async () => {
  await filesystem.delete();
  await target.close();
});

const rights = (text: string) => ({ read: text[0] === 'r', write: text[1] === 'w', execute: text[2] === 'x' });
const SOMEBODY = '11111111-2222-3333-4444-555555555555';

it('answers owner, group, permissions and ACL', async () => {
  const access = await filesystem.getFileClient('dir/file').getAccessControl();
  expect(access.owner).toBe('$superuser');
  expect(access.group).toBe('$superuser');
  expect(access.permissions).toMatchObject({ owner: rights('rw-'), group: rights('r--'), other: rights('---') });
  expect(access.acl).toHaveLength(3);
});

it('keeps permissions, owner and group that are set', async () => {
  const file = filesystem.getFileClient('dir/file');
  await file.setPermissions({
    owner: rights('rwx'),
    group: rights('r-x'),
    other: rights('--x'),
    stickyBit: false,
    extendedAcls: false,
  });
  const access = await file.getAccessControl();
  expect(access.permissions).toMatchObject({ owner: rights('rwx'), group: rights('r-x'), other: rights('--x') });
  await file.setAccessControl(access.acl, { owner: SOMEBODY });
  expect((await file.getAccessControl()).owner).toBe(SOMEBODY);
});

it('changes the ACL of a whole tree', async () => {
  const entry: PathAccessControlItem = {
    accessControlType: 'user',
    entityId: SOMEBODY,
    defaultScope: false,
    permissions: rights('r-x'),
  };
  const directory = filesystem.getDirectoryClient('dir');
  const changed = await directory.updateAccessControlRecursive([entry]);
  expect(changed.counters).toMatchObject({ changedDirectoriesCount: 1, changedFilesCount: 1, failedChangesCount: 0 });
  const access = await filesystem.getFileClient('dir/file').getAccessControl();
  expect(access.acl.some(({ entityId }) => entityId === SOMEBODY)).toBe(true);
  expect(access.permissions?.extendedAcls).toBe(true);
  await directory.removeAccessControlRecursive([
    { accessControlType: 'user', entityId: SOMEBODY, defaultScope: false },
  ]);
  const after = await filesystem.getFileClient('dir/file').getAccessControl();
  expect(after.acl.some(({ entityId }) => entityId === SOMEBODY)).toBe(false);
});

it('has an ACL for the root, and none for what is not there', async () => {
  const root = await filesystem.getDirectoryClient('').getAccessControl();
  expect(root.acl.length).toBeGreaterThanOrEqual(3);
  expect(await failureOf(filesystem.getFileClient('none').getAccessControl())).toBe('404 PathNotFound');
});
