import type { Role } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import { requireDispensable, roleByGroups } from './rules.ts';

describe('who may stop being an admin', () => {
  it.each<[Role, boolean, number, string | undefined]>([
    ['admin', false, 2, undefined],
    ['viewer', false, 1, undefined],
    ['contributor', false, 1, undefined],
    ['admin', false, 1, 'lastAdmin'],
    ['admin', true, 1, 'lastAdmin'],
    ['admin', true, 2, 'ownerStays'],
  ])('%s, owner: %s, of %d admins: %s', (role, isOwner, adminCount, code) => {
    const check = () => requireDispensable({ role, isOwner }, adminCount);
    if (code === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });
});

describe('a role by groups', () => {
  const [byAdmins, byViewers] = [
    { role: 'admin', name: 'Admins' },
    { role: 'viewer', name: 'Staff' },
  ] as const;

  it('is what the groups give, and ends with them', () => {
    expect(roleByGroups(byViewers, false)).toEqual({ role: 'viewer', roleFrom: 'groups', groupName: 'Staff' });
    expect(roleByGroups(null, false)).toBeNull();
  });

  it('of an owner is never lowered or taken away', () => {
    expect(roleByGroups(byAdmins, true)).toEqual({ role: 'admin', roleFrom: 'groups', groupName: 'Admins' });
    const byHand = { role: 'admin', roleFrom: 'hand', groupName: null };
    expect(roleByGroups(byViewers, true)).toEqual(byHand);
    expect(roleByGroups(null, true)).toEqual(byHand);
  });
});
