import type { Verdict } from '../../check-run.ts';
import type { SftpCheck } from '../check-sftp.ts';
import { SftpFailure, verdictOfFailure } from '../failure.ts';
import { kindAt, makeFolders } from '../files/remote-files.ts';
import { openSession } from '../files/session.ts';
import { isRefused } from '../files/status.ts';
import { verdictOf } from '../findings/findings.ts';
import { pathBelow } from '../place.ts';
import { madeBefore } from './made-before.ts';

/** `folder`: SFTP is there, and so is the folder, or it can be made. What is made to find that out is removed at the end of the check. */
export const openFolder = async (check: SftpCheck): Promise<Verdict> => {
  const { place, facts } = check;
  const path = pathBelow(place.folder, '');
  try {
    const session = await openSession(madeBefore(check.connection));
    check.session = session;
    const kind = await kindAt(session, path, { follows: true });
    if (kind === 'folder') return verdictOf('folderFound', facts);
    if (kind !== undefined) return verdictOf('folderIsFile', { ...facts, path });
    check.madeFolders = await makeFolders(session, path);
    return verdictOf('folderCanBeMade', facts);
  } catch (error) {
    if (isRefused(error, 'denied', 'failure') && error.about.deed === 'make') return verdictOf('folderMissing', facts);
    if (error instanceof SftpFailure && error.code === 'pathConflict')
      return verdictOf('folderIsFile', { ...facts, ...error.about });
    return verdictOfFailure(error, facts);
  }
};
