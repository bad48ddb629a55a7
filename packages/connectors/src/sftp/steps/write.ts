import { randomBytes, randomUUID } from 'node:crypto';
import type { Verdict } from '../../check-run.ts';
import type { SftpCheck } from '../check-sftp.ts';
import { verdictOfFailure } from '../failure.ts';
import { readWhole } from '../files/read-whole.ts';
import { removeEmptyFolder, removeFile, rename } from '../files/remote-files.ts';
import { upload } from '../files/upload.ts';
import { verdictOf } from '../findings/findings.ts';
import { pathBelow, type SftpPlace } from '../place.ts';
import { madeBefore } from './made-before.ts';

/** Big enough that something which rewrites files would touch it, small enough to cost nothing. */
const probeBytes = 64;

/** What is read back may be longer than the probe when something has changed it; how much longer does not matter. */
const maxReadBytes = 64 * 1024;

/** A small file that shows whether files can be kept. */
export type Probe = {
  /** `write`: writes it, reads it back, compares, renames and removes it. */
  write(check: SftpCheck, signal: AbortSignal): Promise<Verdict>;
  /** Removes what the check has left, whatever became of it: the file, and the folders that were not there before. */
  cleanUp(check: SftpCheck): Promise<void>;
};

export const createProbe = ({ folder }: SftpPlace): Probe => {
  const name = `.junction-check-${randomUUID()}`;
  const path = pathBelow(folder, name);
  const renamed = pathBelow(folder, `${name}.renamed`);
  let mayBeThere: string[] = [];

  return {
    async write(check, signal) {
      const session = madeBefore(check.session);
      const content = randomBytes(probeBytes);
      mayBeThere = [path];
      try {
        await upload(session, path, content, signal);
        const readBack = await readWhole(session, path, maxReadBytes);
        if (readBack === undefined || !content.equals(readBack)) return verdictOf('readBackDiffers', check.facts);
        mayBeThere = [path, renamed];
        await rename(session, path, renamed);
        await removeFile(session, renamed);
        mayBeThere = [];
        return verdictOf('probePassed', check.facts);
      } catch (error) {
        return verdictOfFailure(error, check.facts);
      }
    },

    async cleanUp({ session, madeFolders }) {
      if (session === undefined) return;
      for (const left of mayBeThere) await removeFile(session, left).catch(() => undefined);
      // Deepest first and only while empty: what somebody else has put there meanwhile stays.
      for (const made of madeFolders.toReversed()) await removeEmptyFolder(session, made).catch(() => undefined);
    },
  };
};
