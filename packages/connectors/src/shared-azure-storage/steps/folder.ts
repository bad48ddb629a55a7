import type { Verdict } from '../../check-run.ts';
import { ask, isDenied, isMissingContainer } from '../asking.ts';
import type { StorageCheck } from '../check-storage.ts';
import { verdictOfFailure } from '../classify.ts';
import type { Failure } from '../failure.ts';
import type { FindingCode } from '../findings/findings.ts';
import { verdictOf } from '../findings/findings.ts';
import type { PathKind } from '../storage-files.ts';

/** What storage's answers mean for opening or making a folder. */
const codeOf = (failure: Failure & { kind: 'answered' }): FindingCode | undefined => {
  if (failure.errorCode === 'EndpointUnsupportedAccountFeatures') return 'accountFeaturesUnsupported';
  if (failure.errorCode === 'PathConflict' || failure.errorCode === 'ResourceTypeMismatch') return 'folderIsFile';
  return isDenied(failure) ? 'folderRefused' : undefined;
};

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
const foldersOf = (path: string): string[] =>
  path.split('/').map((_, index, segments) => segments.slice(0, index + 1).join('/'));

const mayMake = ({ place }: StorageCheck): boolean => {
  const permissions = place.sas?.permissions;
  return permissions === undefined || /[cw]/.test(permissions);
};

/** Whether folders above a file are things of their own: always on a lake, on Blob where the account has a hierarchical namespace. */
const hasRealFolders = async ({ files, questions }: StorageCheck): Promise<boolean> => {
  if (files.hasRealFolders) return true;
  const about = await questions().account;
  return !about.ok || about.value.isHierarchical !== false;
};

/** Finds out which folders of the path are missing, and makes them. What was missing is noted, so that the check can remove it again. */
const makeFolder = async (check: StorageCheck, signal: AbortSignal): Promise<Verdict> => {
  const { place, facts, files } = check;
  const above = foldersOf(place.folder).slice(0, -1);
  const kinds = await Promise.all(above.map((path) => ask((ending) => files.look(path, ending), signal)));
  const isAt = (index: number, kind: PathKind): boolean => {
    const answer = kinds[index];
    return answer?.ok === true && answer.value === kind;
  };
  const file = above.find((_, index) => isAt(index, 'file'));
  if (file !== undefined) return verdictOf('folderIsFile', { ...facts, path: file });
  if (!mayMake(check)) return verdictOf('folderNotTried', facts);
  check.missingFolders.push(...above.filter((_, index) => isAt(index, 'none')), place.folder);
  const made = await ask((ending) => files.makeFolder(place.folder, ending), signal);
  return made.ok
    ? verdictOf('folderCanBeMade', facts)
    : verdictOfFailure(made.failure, { ...facts, path: place.folder }, (failure) =>
        place.identity !== undefined && isDenied(failure) ? 'roleTooWeak' : codeOf(failure),
      );
};

/** `folder`: it is there or can be made. What is made to find that out is removed at the end of the check. */
export const openFolder = async (check: StorageCheck, signal: AbortSignal): Promise<Verdict> => {
  const { place, facts } = check;
  const path = await check.questions().path;
  // The question was put before the container was created.
  const kind = !path.ok && isMissingContainer(path.failure) ? { ok: true as const, value: 'none' as PathKind } : path;
  if (!kind.ok) return verdictOfFailure(kind.failure, { ...facts, path: place.folder }, codeOf);
  if (place.folder === '') return verdictOf('folderIsContainer', facts);
  if (kind.value === 'directory') return verdictOf('folderFound', facts);
  if (!(await hasRealFolders(check))) return verdictOf('folderCanBeMade', facts);
  return kind.value === 'file'
    ? verdictOf('folderIsFile', { ...facts, path: place.folder })
    : makeFolder(check, signal);
};
