import type { RoleAssignment } from './roles.ts';

/** What a verified request may do. */
export type Access =
  /** Signed with the account key: everything. */
  | { kind: 'key' }
  /** Not signed at all; only public containers answer. */
  | { kind: 'anonymous' }
  /** A token of the tenant: what the roles of its principal on this account allow. */
  | { kind: 'principal'; principalId: string; roles: readonly RoleAssignment[] }
  /** Account SAS: services (ss), resource types (srt) and permissions (sp) as signed. */
  | { kind: 'account-sas'; services: string; resourceTypes: string; permissions: string }
  /** Service SAS: `container` covers one container, `path` one blob, `directory` everything below it. */
  | {
      kind: 'service-sas';
      scope: 'container' | 'path' | 'directory';
      container: string;
      path: string;
      permissions: string;
    };

/** True when the service SAS's scope holds that path; the scope of the signed URL itself is proven by its signature. */
export const covers = (access: Access & { kind: 'service-sas' }, container: string, path: string): boolean => {
  if (access.container !== container) return false;
  if (access.scope === 'container') return true;
  if (access.path === path) return true;
  return access.scope === 'directory' && (access.path === '' || path.startsWith(`${access.path}/`));
};
