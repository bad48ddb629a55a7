import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Action, can, exportRights, type Role, roles } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import { maySeeProfiles } from './may-see-profiles.ts';

const file = join(import.meta.dirname, '../../../../../../docs/permissions.md');

const who = { id: 'somebody', name: '', email: '', sessionId: '' };
const allows = (role: Role, action: Action): boolean => can({ ...who, memberships: { here: role } }, action, 'here');
const sees = (isGranted: boolean): boolean =>
  maySeeProfiles({ personId: who.id, isMember: true, isRemoved: false, grantedTo: isGranted ? [who.id] : ['other'] });
const runsExports = (role: Role): boolean =>
  exportRights(role, { hasConnection: true, mayUseConnection: true, couldManageBefore: false }).includes('run');

/** What there is to do with the profile data of a connection, and who may, whom it was given to or not. */
const deeds: Readonly<Record<string, (role: Role, isGranted: boolean) => boolean>> = {
  'see the report': (role, isGranted) => allows(role, 'profile:read') && sees(isGranted),
  'preview its rows in an export that they may run': (role, isGranted) => runsExports(role) && sees(isGranted),
  'run that export': (role) => runsExports(role),
  'give and take access, see who looked': (role) => allows(role, 'profile-access:manage'),
  'import, and see how imports went': (role) => allows(role, 'connection:check') && allows(role, 'connection:read'),
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = [
  row(['role', 'access', ...Object.keys(deeds)]),
  row(['---', '---', ...Object.keys(deeds).map(() => ':-:')]),
  ...[...roles].reverse().flatMap((role) =>
    [true, false].map((isGranted) => {
      const cells = Object.values(deeds).map((may) => (may(role, isGranted) ? '✓' : ''));
      return row([role, isGranted ? 'given' : 'not given', ...cells]);
    }),
  ),
].join('\n');

describe('docs/permissions.md', () => {
  it('has who may do what with profile data, as the code decides; `vitest -u` writes it there', async () => {
    const page = readFileSync(file, 'utf8').replace(
      /(<!-- profile data -->\n)[\s\S]*(<!-- \/profile data -->)/,
      (_, begin, end) => `${begin}\n${table}\n\n${end}`,
    );
    expect(page).toContain(table);
    await expect(page).toMatchFileSnapshot(file);
  });
});

describe('who may see profile data', () => {
  it('is a member with a grant on a connection that is there, and nobody else', () => {
    const sight = { personId: 'ada', isMember: true, isRemoved: false, grantedTo: ['ben', 'ada'] };
    expect(maySeeProfiles(sight)).toBe(true);
    for (const lacking of [{ isMember: false }, { isRemoved: true }, { grantedTo: ['ben'] }, { grantedTo: [] }])
      expect(maySeeProfiles({ ...sight, ...lacking })).toBe(false);
  });
});
