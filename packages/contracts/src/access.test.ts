import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Action, type Actor, can, grants, isInScope, type Role, roles, tokenActions } from './access.ts';

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
      'sign-in:complete',
      'sign-in:start',
    ]);
  });
});

describe('a token', () => {
  const actions = Object.keys(grants) as Action[];
  const withToken = (owner: Actor, scope: readonly Action[]): Actor => ({
    ...owner,
    sessionId: '',
    token: { id: 't', name: 'T', scope },
  });
  const owners = fc
    .record({ roleHere: fc.option(fc.constantFrom(...roles)), roleElsewhere: fc.option(fc.constantFrom(...roles)) })
    .map(({ roleHere, roleElsewhere }) =>
      actor({ ...(roleHere && { [here]: roleHere }), ...(roleElsewhere && { [elsewhere]: roleElsewhere }) }),
    );
  const scopes = fc.subarray([...actions, 'toString' as Action]);

  it('never admits what its owner would be denied, nor what its scope lacks', () => {
    const places = fc.constantFrom(here, elsewhere, undefined, 'constructor');
    fc.assert(
      fc.property(
        owners,
        scopes,
        fc.constantFrom(...actions),
        places,
        fc.boolean(),
        (owner, scope, action, at, isService) => {
          const isAdmitted = can({ ...withToken(owner, scope), isService }, action, at);
          if (!can(owner, action, at)) expect(isAdmitted).toBe(false);
          if (isAdmitted) expect(isInScope(withToken(owner, scope), action)).toBe(true);
          if (isService) expect(isAdmitted && action === 'environment:create').toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('gives what its scope names, as far as its owner may', () => {
    fc.assert(
      fc.property(owners, scopes, fc.constantFrom(...tokenActions), (owner, scope, action) => {
        expect(can(withToken(owner, scope), action, here)).toBe(scope.includes(action) && can(owner, action, here));
      }),
      { numRuns: 1_000 },
    );
  });

  it('hands out no session, password or other credential, whatever its scope says', () => {
    const everything = withToken(actor({ [here]: 'admin' }), actions);
    expect(actions.filter((action) => !can(everything, action, here)).sort()).toEqual([
      'me:change-password',
      'me:update',
      'member:create',
      'member:reset-password',
      'my-identity:delete',
      'my-session:delete',
      'my-session:list',
      'my-token:create',
      'my-token:delete',
      'my-token:list',
      'one-time-link:inspect',
      'one-time-link:redeem',
      'service-account-token:create',
      'service-account:manage',
      'session:create',
      'session:delete',
      'sign-in:complete',
      'sign-in:start',
    ]);
  });

  it('lets its holder find out whom it acts for, without any scope', () => {
    const bare = withToken(actor({ [here]: 'admin' }), []);
    expect(actions.filter((action) => can(bare, action, here)).sort()).toEqual([
      'environment:list',
      'me:read',
      'openapi:read',
      'sign-in-options:read',
    ]);
  });
});

describe('a service account', () => {
  it('never becomes the owner of an environment', () => {
    const admin = actor({ [here]: 'admin' });
    const actions = Object.keys(grants) as Action[];
    expect(
      actions.filter((action) => can(admin, action, here) && !can({ ...admin, isService: true }, action, here)),
    ).toEqual(['environment:create']);
  });
});
