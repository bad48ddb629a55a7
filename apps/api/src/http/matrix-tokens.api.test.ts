import { type Action, type AnyEndpoint, api, grants, type Role, roles, tokenActions } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newToken } from '../platform/tokens.ts';
import type { TestClient } from '../testing/client.ts';
import { makeEnvironment, makePerson } from '../testing/factories.ts';
import { withProfiles } from '../testing/fake-profiles.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { askFor, type Outcome, outcomeOf } from '../testing/matrix.ts';
import { fromAnywhere } from '../testing/races.ts';
import { makeServiceAccount, makeToken, makeTokens, showing } from '../testing/tokens.ts';

/** What no token may do, written down apart from the table that decides. */
const neverByToken: readonly Action[] = [
  'session:create',
  'session:delete',
  'sign-in:start',
  'sign-in:complete',
  'one-time-link:inspect',
  'one-time-link:redeem',
  'me:update',
  'me:change-password',
  'my-session:list',
  'my-session:delete',
  'my-identity:delete',
  'my-token:list',
  'my-token:create',
  'my-token:delete',
  'member:create',
  'member:reset-password',
  'service-account:manage',
  'service-account-token:create',
];
/** What every token may do, whatever its scope. */
const alwaysByToken: readonly Action[] = ['me:read', 'environment:list', 'sign-in-options:read', 'openapi:read'];

const owners = [...roles, 'admin of another environment', 'admin that is a service account'] as const;
type Owner = (typeof owners)[number];

/** What an owner's role, or its lack, lets a token do whose scope is no hindrance. */
const outcomeByRole = (action: Action, role: Role | undefined, isAdminSomewhere: boolean): Outcome => {
  const grant = grants[action];
  if (grant === 'anyone' || grant === 'person') return 'admitted';
  if (grant === 'adminOfAny') return isAdminSomewhere ? 'admitted' : 'forbidden';
  if (role === undefined) return 'notFound';
  return roles.indexOf(role) >= roles.indexOf(grant as Role) ? 'admitted' : 'forbidden';
};

const expectedOutcome = (action: Action, owner: Owner, scope: 'full' | 'lacking'): Outcome => {
  if (neverByToken.includes(action)) return 'outOfScope';
  if (alwaysByToken.includes(action)) return 'admitted';
  if (scope === 'lacking') return 'outOfScope';
  if (owner === 'admin that is a service account')
    return action === 'environment:create' ? 'forbidden' : outcomeByRole(action, 'admin', true);
  if (owner === 'admin of another environment') return outcomeByRole(action, undefined, true);
  return outcomeByRole(action, owner, owner === 'admin');
};

type Named = { name: string; token: string };

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let ownerIds: Record<Owner, string>;
beforeAll(async () => {
  house = await openTestHouse({ connectors: withProfiles, env: { JUNCTION_TRUSTED_PROXIES: 'loopback' } });
  place = await makeEnvironment(house);
  const other = await makeEnvironment(house, 'Another');
  ownerIds = {
    viewer: place.viewer.id,
    contributor: place.contributor.id,
    admin: place.admin.id,
    'admin of another environment': other.admin.id,
    'admin that is a service account': (await makeServiceAccount(house, { [place.environment.id]: 'admin' })).id,
  };
});
afterAll(() => house.close());

const clientOf = (token: string): TestClient => fromAnywhere(showing(house, token));
const ask = (token: string, endpoint: AnyEndpoint) => askFor(clientOf(token), endpoint, place);

/** Asks with a token and expects this outcome: no page, no crash, no cookie, and a denial in the log when it is one. */
const deniedSoFar = new Map<string, number>();
const expectOutcome = async (endpoint: AnyEndpoint, { token, name: tokenName }: Named, expected: Outcome) => {
  const before = deniedSoFar.get(tokenName) ?? 0;
  const reply = await ask(token, endpoint);
  expect(outcomeOf(reply)).toBe(expected);
  expect([405, 500, 501, 503]).not.toContain(reply.status);
  expect(reply.text).not.toContain('nothing at this address');
  expect(reply.headers.has('set-cookie')).toBe(false);
  const isDenial = ['forbidden', 'notFound', 'outOfScope'].includes(expected);
  const denied = await house.db.activity.count({ where: { kind: 'access.denied', tokenName } });
  deniedSoFar.set(tokenName, denied);
  expect(denied - before).toBe(isDenial ? 1 : 0);
  return reply;
};

const endpoints = Object.entries(api);
const cells = endpoints.flatMap(([name, { action }]) =>
  owners.map(
    (owner) =>
      [owner, name, expectedOutcome(action, owner, 'full'), expectedOutcome(action, owner, 'lacking')] as const,
  ),
);

describe('a token at every endpoint, of every role', () => {
  const tokens = new Map<string, Named>();
  const [all, allBut] = [
    (owner: Owner) => `${owner}: all`,
    (owner: Owner, action: Action) => `${owner}: all but ${action}`,
  ];
  beforeAll(async () => {
    for (const owner of owners) {
      const narrow = (Object.keys(grants) as Action[]).map((action) => ({
        name: allBut(owner, action),
        scope: tokenActions.filter((other) => other !== action),
      }));
      const named = [{ name: all(owner) }, ...narrow];
      const made = await makeTokens(house, ownerIds[owner], named);
      for (const [index, { name }] of named.entries()) tokens.set(name, { name, token: made[index]?.token ?? '' });
    }
  });
  const named = (name: string) => tokens.get(name) ?? { name, token: '' };

  it.each(cells)('%s → %s: %s with full scope, %s without it', async (owner, name, full, lacking) => {
    const endpoint = api[name] as AnyEndpoint;
    const { action } = endpoint;
    await expectOutcome(endpoint, named(all(owner)), full);
    const reply = await expectOutcome(endpoint, named(allBut(owner, action)), lacking);
    if (lacking === 'outOfScope') expect(reply.problem.detail).toContain(action);
  });
});

describe('a token that does not hold as it did, at every endpoint', () => {
  const states = [
    'expired',
    'revoked',
    'unknown',
    'of who left',
    'of who was an admin',
    'of a service account that left',
  ] as const;
  type State = (typeof states)[number];
  let tokens: Record<State, Named>;
  beforeAll(async () => {
    const formerAdmin = async (name: string) => {
      const person = await makePerson(house, name);
      const at = { environmentId: place.environment.id, personId: person.id };
      await house.db.member.create({ data: { ...at, role: 'admin' } });
      return { environmentId_personId: at };
    };
    const make = async (ownerId: string, name: State, expiresInHours = 24) => ({
      name,
      ...(await makeToken(house, ownerId, { name, expiresInHours })),
    });
    const [leaver, lowered] = [await formerAdmin('Leo Leaver'), await formerAdmin('Lou Lowered')];
    const account = await makeServiceAccount(house, { [place.environment.id]: 'admin' });
    const revoked = await make(place.admin.id, 'revoked');
    tokens = {
      expired: await make(place.admin.id, 'expired', -1),
      revoked,
      unknown: { name: 'unknown', token: `jct_${newToken()}` },
      'of who left': await make(leaver.environmentId_personId.personId, 'of who left'),
      'of who was an admin': await make(lowered.environmentId_personId.personId, 'of who was an admin'),
      'of a service account that left': await make(account.id, 'of a service account that left'),
    };
    await house.db.apiToken.delete({ where: { id: revoked.id } });
    await house.db.member.delete({ where: leaver });
    await house.db.member.deleteMany({ where: { personId: account.id } });
    await house.db.member.update({ where: lowered, data: { role: 'viewer' } });
  });

  const expected = (state: State, action: Action): Outcome => {
    if (state === 'expired') return 'expired';
    if (state === 'revoked' || state === 'unknown') return 'invalid';
    if (neverByToken.includes(action)) return 'outOfScope';
    return outcomeByRole(action, state === 'of who was an admin' ? 'viewer' : undefined, false);
  };
  const stateCells = endpoints.flatMap(([name, { action }]) =>
    states.map((state) => [state, name, expected(state, action)] as const),
  );

  it.each(stateCells)('%s → %s: %s', async (state, name, outcome) => {
    const reply = await expectOutcome(api[name] as AnyEndpoint, tokens[state], outcome);
    const challenge = reply.headers.get('www-authenticate');
    if (outcome === 'expired' || outcome === 'invalid') expect(challenge).toBe('Bearer error="invalid_token"');
  });
});

describe('the scope of a token', () => {
  it('can name every action but those that no token may take, and those that each may', () => {
    const elsewhere = new Set<Action>([...neverByToken, ...alwaysByToken]);
    const nameable = (Object.keys(grants) as Action[]).filter((action) => !elsewhere.has(action));
    expect([...tokenActions].sort()).toEqual(nameable.sort());
  });
});
