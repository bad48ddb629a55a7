import type { PathAccess } from '../azurite/azurite-types.ts';
import { storageError } from '../storage-error.ts';

/** One ACL entry, `[default:]kind:[entity]:rwx` ("Access control lists in Azure Data Lake Storage"). */
export type AclEntry = {
  isDefault: boolean;
  kind: 'user' | 'group' | 'mask' | 'other';
  entity: string;
  rights: string;
};

/** What a path answers: owner, group, ACL and the permissions in symbols. */
export type ResolvedAccess = { owner: string; group: string; acl: string; permissions: string };

/** Who owns what a shared key creates. */
const SUPERUSER = '$superuser';
/** Azure's umask is 0027: group may read, others nothing. */
const DEFAULT_FILE_ACL = 'user::rw-,group::r--,other::---';
const DEFAULT_DIRECTORY_ACL = 'user::rwx,group::r-x,other::---';

const ENTRY = /^(?:(default):)?(user|group|mask|other):([^:]*)(?::([r-][w-][x-]))?$/;

/** Parses a comma-separated ACL. @throws StorageError `InvalidHeaderValue`. */
export const parseAcl = (text: string, needsRights = true): AclEntry[] =>
  text.split(',').map((one) => {
    const match = ENTRY.exec(one.trim());
    if (!match || (needsRights && match[4] === undefined)) {
      throw storageError('InvalidHeaderValue', {
        message: `x-ms-acl: "${one}" is not [default:]user|group|mask|other:[id]:rwx.`,
      });
    }
    const kind = match[2] as AclEntry['kind'];
    return { isDefault: match[1] !== undefined, kind, entity: match[3] ?? '', rights: match[4] ?? '' };
  });

export const formatAcl = (entries: readonly AclEntry[]): string =>
  entries.map((one) => `${one.isDefault ? 'default:' : ''}${one.kind}:${one.entity}:${one.rights}`).join(',');

const isSame = (a: AclEntry, b: AclEntry): boolean =>
  a.isDefault === b.isDefault && a.kind === b.kind && a.entity === b.entity;

/** Adds or replaces entries. */
export const mergeAcl = (existing: readonly AclEntry[], changes: readonly AclEntry[]): AclEntry[] => [
  ...existing.filter((entry) => !changes.some((change) => isSame(entry, change))),
  ...changes,
];

/** Removes entries of named users and groups. */
export const removeFromAcl = (existing: readonly AclEntry[], removals: readonly AclEntry[]): AclEntry[] =>
  existing.filter((entry) => !removals.some((removal) => isSame(entry, removal)));

const rightsOf = (entries: readonly AclEntry[], kind: AclEntry['kind']): string =>
  entries.find((one) => !one.isDefault && one.kind === kind && one.entity === '')?.rights ?? '---';

const permissionsOf = (entries: readonly AclEntry[]): string => {
  const mask = entries.find((one) => !one.isDefault && one.kind === 'mask')?.rights;
  const isExtended = entries.length > 3;
  return `${rightsOf(entries, 'user')}${mask ?? rightsOf(entries, 'group')}${rightsOf(entries, 'other')}${isExtended ? '+' : ''}`;
};

/** The stored attributes with Azure's defaults filled in. */
export const accessOf = (stored: PathAccess | undefined, isDirectory: boolean): ResolvedAccess => {
  const acl = stored?.acl ?? (isDirectory ? DEFAULT_DIRECTORY_ACL : DEFAULT_FILE_ACL);
  return {
    owner: stored?.owner ?? SUPERUSER,
    group: stored?.group ?? SUPERUSER,
    acl,
    permissions: permissionsOf(parseAcl(acl)),
  };
};

const octalRights = (digit: number): string =>
  `${digit & 4 ? 'r' : '-'}${digit & 2 ? 'w' : '-'}${digit & 1 ? 'x' : '-'}`;

/**
 * Turns `x-ms-permissions`, octal (`0640`) or symbolic (`rw-r-----`), into a minimal ACL.
 * @param umask octal bits to take away, as in `x-ms-umask`.
 * @throws StorageError `InvalidHeaderValue`.
 */
export const aclFromPermissions = (permissions: string, umask = 0): string => {
  const symbolic = /^([r-][w-][x-])([r-][w-][x-])([r-][w-][xtT-])\+?$/.exec(permissions);
  const toDigit = (rights: string): number =>
    (rights[0] === 'r' ? 4 : 0) + (rights[1] === 'w' ? 2 : 0) + (rights[2] === 'x' || rights[2] === 't' ? 1 : 0);
  const digits = symbolic
    ? symbolic.slice(1, 4).map(toDigit)
    : /^[01]?[0-7]{3}$/.test(permissions)
      ? [...permissions.slice(-3)].map(Number)
      : undefined;
  if (!digits) {
    throw storageError('InvalidHeaderValue', {
      message: 'x-ms-permissions must be octal (0750) or symbolic (rwxr-x---).',
    });
  }
  const [user, group, other] = digits.map((digit, index) => octalRights(digit & ~((umask >> (6 - 3 * index)) & 7)));
  return `user::${user},group::${group},other::${other}`;
};
