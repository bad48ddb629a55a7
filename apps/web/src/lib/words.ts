import type { Environment, Role } from '@junction/contracts';

export const roleWords: Readonly<Record<Role, string>> = {
  viewer: 'Viewer',
  contributor: 'Contributor',
  admin: 'Admin',
};

/** What each role is for, in one sentence. */
export const roleHelp: Readonly<Record<Role, string>> = {
  viewer: 'Sees what is shared with them; changes nothing.',
  contributor: 'Decides what is exported and how often, over connections that admins share.',
  admin: 'Manages connections, members and the environment itself.',
};

export const environmentTypeWords: Readonly<Record<Environment['type'], string>> = {
  production: 'Production',
  sandbox: 'Sandbox',
};
