import * as z from 'zod';
import type { Role } from './access.ts';

/** What is known about a person and an export that their rights follow from. */
export const ExportAccess = z.object({
  /** The export has a connection now. */
  hasConnection: z.boolean(),
  /** The person may use that connection. */
  mayUseConnection: z.boolean(),
  /** The export has no connection now, and the person could use the one it had when it lost it. */
  couldManageBefore: z.boolean(),
});
export type ExportAccess = z.infer<typeof ExportAccess>;

/** What can be done with an export; `connect` gives it a connection, or another one, that the person may use. */
export const exportDeeds = ['view', 'edit', 'run', 'duplicate', 'schedule', 'detach', 'connect', 'remove'] as const;
export type ExportDeed = (typeof exportDeeds)[number];

/** The rows of the permission table, first match decides. docs/permissions.md shows the same table. */
export const exportRules = [
  { who: 'admin', when: 'with a connection', may: exportDeeds },
  { who: 'admin', when: 'without a connection', may: ['view', 'edit', 'duplicate', 'schedule', 'connect', 'remove'] },
  { who: 'contributor', when: 'over a connection they may use', may: exportDeeds },
  {
    who: 'contributor',
    when: 'without a connection, over one they could use when it lost it',
    may: ['view', 'connect'],
  },
  { who: 'contributor', when: 'otherwise', may: ['view'] },
  { who: 'viewer', when: 'always', may: ['view'] },
] as const satisfies readonly { who: Role; when: string; may: readonly ExportDeed[] }[];

const holds: Readonly<Record<(typeof exportRules)[number]['when'], (access: ExportAccess) => boolean>> = {
  'with a connection': ({ hasConnection }) => hasConnection,
  'without a connection': ({ hasConnection }) => !hasConnection,
  'over a connection they may use': ({ hasConnection, mayUseConnection }) => hasConnection && mayUseConnection,
  'without a connection, over one they could use when it lost it': ({ hasConnection, couldManageBefore }) =>
    !hasConnection && couldManageBefore,
  otherwise: () => true,
  always: () => true,
};

/** What somebody with this role may do with an export. The API asks before it does something, the web before it offers it. */
export const exportRights = (role: Role, access: ExportAccess): readonly ExportDeed[] =>
  exportRules.find(({ who, when }) => who === role && holds[when](access))?.may ?? [];

/** The word of the column "Your permissions". */
export const permissionWord = (role: Role, access: ExportAccess): 'Edit' | 'View only' =>
  exportRights(role, access).includes('edit') ? 'Edit' : 'View only';
