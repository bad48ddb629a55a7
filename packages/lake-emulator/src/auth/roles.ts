/** The built-in roles for blob data that this emulator knows. */
export type StorageRole = 'Storage Blob Data Owner' | 'Storage Blob Data Contributor' | 'Storage Blob Data Reader';

/** What somebody may do on an account, or in one of its containers. */
export type RoleAssignment = {
  /** Object id of the principal: of a service principal or a managed identity, never the client id. */
  principalId: string;
  role: StorageRole;
  account: string;
  /** Only in this container; everywhere on the account when absent. */
  container?: string;
};

/** The actions that operations need, below `Microsoft.Storage/storageAccounts/`. */
export type StorageAction =
  | 'blobServices/read'
  | 'blobServices/write'
  | 'blobServices/getInfo/action'
  | 'blobServices/containers/read'
  | 'blobServices/containers/write'
  | 'blobServices/containers/delete'
  | 'blobServices/containers/getAcl/action'
  | 'blobServices/containers/setAcl/action'
  | 'blobServices/containers/blobs/read'
  | 'blobServices/containers/blobs/write'
  | 'blobServices/containers/blobs/delete'
  | 'blobServices/containers/blobs/add/action'
  | 'blobServices/containers/blobs/move/action'
  | 'blobServices/containers/blobs/tags/read'
  | 'blobServices/containers/blobs/tags/write'
  | 'blobServices/containers/blobs/filter/action'
  | 'blobServices/containers/blobs/manageOwnership/action'
  | 'blobServices/containers/blobs/modifyPermissions/action';

const READER: readonly StorageAction[] = ['blobServices/containers/read', 'blobServices/containers/blobs/read'];

const CONTRIBUTOR: readonly StorageAction[] = [
  ...READER,
  'blobServices/containers/write',
  'blobServices/containers/delete',
  'blobServices/containers/blobs/write',
  'blobServices/containers/blobs/delete',
  'blobServices/containers/blobs/add/action',
  'blobServices/containers/blobs/move/action',
];

/**
 * "Azure built-in roles for Storage". None of the three has `blobServices/getInfo/action`, so that none may ask what
 * kind of account it is.
 */
const ALLOWS: Readonly<Record<StorageRole, (action: StorageAction) => boolean>> = {
  'Storage Blob Data Reader': (action) => READER.includes(action),
  'Storage Blob Data Contributor': (action) => CONTRIBUTOR.includes(action),
  'Storage Blob Data Owner': (action) => action.startsWith('blobServices/containers/'),
};

/** @param container empty for an operation on the account, which only a role on the account allows. */
export const isAllowed = (roles: readonly RoleAssignment[], action: StorageAction, container: string): boolean =>
  roles.some((given) => (given.container === undefined || given.container === container) && ALLOWS[given.role](action));

export type RoleAssignments = {
  /** @returns what takes the role away again. */
  assign(assignment: RoleAssignment): () => void;
  /** All roles of everybody. */
  all(): readonly RoleAssignment[];
  of(principalId: string, account: string): readonly RoleAssignment[];
};

/** The role assignments of one emulator; they count from the next request on. */
export const createRoleAssignments = (isAccount: (name: string) => boolean): RoleAssignments => {
  const assignments = new Set<RoleAssignment>();
  return {
    assign(assignment) {
      if (!isAccount(assignment.account)) throw new Error(`This emulator has no account "${assignment.account}".`);
      if (!(assignment.role in ALLOWS)) {
        throw new Error(`"${assignment.role}" is not known; use ${Object.keys(ALLOWS).join(', ')}.`);
      }
      const kept = { ...assignment };
      assignments.add(kept);
      return () => {
        assignments.delete(kept);
      };
    },
    all: () => [...assignments].map((assignment) => ({ ...assignment })),
    of: (principalId, account) =>
      [...assignments].filter((given) => given.principalId === principalId && given.account === account),
  };
};
