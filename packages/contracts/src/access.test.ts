import { describe, expect, it } from 'vitest';
import { type Action, type Actor, can, grants, type Role } from './access.ts';

const here = '0190c1d0-0000-7000-8000-000000000001';
const elsewhere = '0190c1d0-0000-7000-8000-000000000002';
const actor = (memberships: Record<string, Role>): Actor => ({
  id: 'p',
  name: 'P',
  email: 'p@example.com',
  sessionId: 's',
  memberships,
});

describe('can', () => {
  it('lets nobody take an action it does not know', () => {
    const everything = actor({ [here]: 'admin' });
    for (const unknown of ['connection:steal', '', 'constructor', '__proto__', 'toString']) {
      expect(can(everything, unknown as Action, here)).toBe(false);
    }
  });

  it.each([
    ['viewer', [true, false]],
    ['contributor', [true, false]],
    ['admin', [true, true]],
  ] as const)('lets a %s read the environment, and only an admin see its connections', (role, [mayRead, mayList]) => {
    expect(can(actor({ [here]: role }), 'environment:read', here)).toBe(mayRead);
    expect(can(actor({ [here]: role }), 'connection:list', here)).toBe(mayList);
  });

  it('gives an admin nothing in another environment, nor without one', () => {
    const admin = actor({ [here]: 'admin' });
    expect(can(admin, 'connection:list', elsewhere)).toBe(false);
    expect(can(admin, 'connection:list')).toBe(false);
    expect(can(admin, 'connection:list', 'constructor')).toBe(false);
  });

  it('lets admins of any environment create one, and nobody else', () => {
    expect(can(actor({ [here]: 'contributor', [elsewhere]: 'admin' }), 'environment:create')).toBe(true);
    expect(can(actor({ [here]: 'contributor' }), 'environment:create')).toBe(false);
    expect(can(actor({}), 'environment:create')).toBe(false);
  });

  it('asks everybody to sign in, but for the actions that are open', () => {
    const open = (Object.keys(grants) as Action[]).filter((action) => can(null, action, here));
    expect(open.sort()).toEqual([
      'one-time-link:inspect',
      'one-time-link:redeem',
      'openapi:read',
      'session:create',
      'sign-in-options:read',
    ]);
  });
});
