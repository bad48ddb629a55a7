import { randomBytes, randomUUID } from 'node:crypto';
import type { Verdict } from '../../check-run.ts';
import { ask, isDenied } from '../asking.ts';
import type { StorageCheck } from '../check-storage.ts';
import { verdictOfFailure } from '../classify.ts';
import type { Failure } from '../failure.ts';
import { type FindingCode, verdictOf } from '../findings/findings.ts';
import { lackingPermissions } from '../sas.ts';
import type { StoragePlace } from '../storage-place.ts';

/** Big enough that a proxy which rewrites content would touch it, small enough to cost nothing. */
const probeBytes = 64;

/** What is read back may be longer than the probe when something in between has changed it; how much longer does not matter. */
const maxReadBytes = 64 * 1024;

/** Writing needs write (create alone cannot replace a file), comparing needs read, and leaving no trace needs delete. */
const neededPermissions = ['read', 'write', 'delete'] as const;

const immutableCodes = ['BlobImmutableDueToPolicy', 'PathImmutableDueToPolicy', 'ContainerImmutableDueToPolicy'];

/** What storage's refusal of one of the probe's requests means; `denied` is the code for a denial. */
const codeWhere =
  (denied: FindingCode) =>
  (failure: Failure & { kind: 'answered' }): FindingCode | undefined => {
    if (immutableCodes.includes(failure.errorCode)) return 'containerImmutable';
    if (failure.errorCode === 'EndpointUnsupportedAccountFeatures') return 'accountFeaturesUnsupported';
    return isDenied(failure) ? denied : undefined;
  };

/** A small file that shows whether files can be kept. */
export type Probe = {
  path: string;
  /** `write`: writes it, reads it back, compares and deletes it. */
  write(check: StorageCheck, signal: AbortSignal): Promise<Verdict>;
  /** Removes what the check has left, whatever became of it: the file, and the folders that were not there before. Never rejects. */
  cleanUp(check: StorageCheck, signal: AbortSignal): Promise<void>;
};

export const createProbe = ({ folder }: StoragePlace): Probe => {
  const name = `.junction-check-${randomUUID()}`;
  const path = folder === '' ? name : `${folder}/${name}`;
  let mayBeThere = false;

  const write: Probe['write'] = async (check, signal) => {
    const { place, files } = check;
    const facts = { ...check.facts, path };
    const missing = lackingPermissions(place.sas, neededPermissions);
    if (missing !== '') return verdictOf('writePermissionMissing', { ...facts, missing });
    const container = await check.questions().container;
    if (container?.ok === true && container.value.isImmutable) return verdictOf('containerImmutable', facts);

    const content = randomBytes(probeBytes);
    mayBeThere = true;
    const written = await ask((ending) => files.write(path, content, ending), signal);
    if (!written.ok)
      return verdictOfFailure(
        written.failure,
        facts,
        codeWhere(place.identity === undefined ? 'writeRefused' : 'roleTooWeak'),
      );
    const readBack = await ask((ending) => files.read(path, maxReadBytes, ending), signal);
    if (!readBack.ok) return verdictOfFailure(readBack.failure, facts, codeWhere('readBackRefused'));
    if (!content.equals(readBack.value)) return verdictOf('readBackDiffers', facts);
    const removed = await ask((ending) => files.removeFile(path, ending), signal);
    if (!removed.ok) return verdictOfFailure(removed.failure, facts, codeWhere('deleteRefused'));
    mayBeThere = false;
    return verdictOf('probePassed', facts);
  };

  const cleanUp: Probe['cleanUp'] = async ({ files, missingFolders }, signal) => {
    if (mayBeThere) await ask((ending) => files.removeFile(path, ending), signal);
    // Deepest first and only while empty: what somebody else has put there meanwhile stays.
    for (const made of missingFolders.toReversed()) await ask((ending) => files.removeFolder(made, ending), signal);
  };

  return { path, write, cleanUp };
};
