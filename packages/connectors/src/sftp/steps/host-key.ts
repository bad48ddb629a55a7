import type { Verdict } from '../../check-run.ts';
import type { SftpCheck } from '../check-sftp.ts';
import { verdictOfFailure } from '../failure.ts';
import { verdictOf } from '../findings/findings.ts';
import { madeBefore } from './made-before.ts';

/** `hostKey`: the host has the key that is expected, or any while none is. A host with another one gets nothing more. */
export const judgeHostKey = async (check: SftpCheck): Promise<Verdict> => {
  const connection = madeBefore(check.connection);
  const { fingerprint, type } = madeBefore(check.hostKey);
  const pinned = check.place.hostKeyFingerprint;
  const facts = { ...check.facts, fingerprint, keyType: type, pinned };
  if (pinned !== undefined && pinned !== fingerprint) {
    connection.close();
    return verdictOf('hostKeyChanged', facts);
  }
  try {
    await connection.trust();
  } catch (error) {
    return verdictOfFailure(error, facts);
  }
  if (pinned !== undefined) return verdictOf('hostKeyKnown', facts);
  check.learned = { hostKeyFingerprint: fingerprint };
  return verdictOf('hostKeyLearned', facts);
};
