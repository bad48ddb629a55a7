import type { Verdict } from '../../check-run.ts';
import type { SftpCheck } from '../check-sftp.ts';
import { verdictOfFailure } from '../failure.ts';
import { verdictOf } from '../findings/findings.ts';
import { madeBefore } from './made-before.ts';

/** `authenticate`: the host accepts the credential. */
export const signIn = async (check: SftpCheck): Promise<Verdict> => {
  const { place, facts } = check;
  try {
    await madeBefore(check.connection).signIn(place.login);
    return verdictOf(facts.authentication === 'password' ? 'passwordAccepted' : 'keyAccepted', facts);
  } catch (error) {
    return verdictOfFailure(error, facts);
  }
};
