import { describe, expect, it } from 'vitest';
import { LocalFailure, storeErrorOf } from './failure.ts';

const facts = { folder: 'exports', path: 'a.csv' };
const systemError = (code: string) => Object.assign(new Error(`${code}: secret path /data/root/exports`), { code });

describe('an error of the file system', () => {
  it.each([
    ['EACCES', 'accessRefused', false],
    ['EPERM', 'accessRefused', false],
    ['EROFS', 'readOnly', false],
    ['ENOSPC', 'diskFull', false],
    ['EDQUOT', 'quotaExhausted', false],
    ['EFBIG', 'fileTooLong', false],
    ['ENAMETOOLONG', 'nameTooLong', false],
    ['EINVAL', 'nameNotAllowed', false],
    ['EISDIR', 'pathConflict', false],
    ['EXDEV', 'otherFileSystem', false],
    ['ENOENT', 'pathBusy', true],
    ['ENOTEMPTY', 'pathBusy', true],
    ['EBUSY', 'pathBusy', true],
    ['ESTALE', 'driveAway', true],
    ['ETIMEDOUT', 'driveAway', true],
    ['EHOSTDOWN', 'driveAway', true],
    ['EIO', 'driveFailed', true],
    ['EMFILE', 'tooManyOpenFiles', true],
    ['EBADFOO', 'unexpected', false],
    ['ERR_INVALID_ARG_VALUE', 'unexpected', false],
  ])('%s is %s', (errno, code, isTransient) => {
    const error = storeErrorOf(systemError(errno), facts);
    expect(error).toMatchObject({ code, isTransient });
    expect(error.remedy).toBeTruthy();
    expect(`${error.message} ${error.stack} ${error.remedy}`).not.toContain('/data/root');
  });

  it('keeps what was found before', () => {
    expect(storeErrorOf(new LocalFailure('fileMissing'), facts)).toMatchObject({
      code: 'fileMissing',
      message: 'There is no file "a.csv".',
    });
    expect(storeErrorOf(new LocalFailure('folderMissing'), { folder: 'exports', path: '' }).message).toBe(
      'There is no folder "exports".',
    );
  });
});
