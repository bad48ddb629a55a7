import {
  type AnyEndpoint,
  api,
  can,
  getProfileReport,
  grants,
  listProfileReports,
  type Role,
  roles,
} from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { createClient, type TestClient } from '../testing/client.ts';
import { makeConnection } from '../testing/connections.ts';
import { makeEnvironment, signedIn } from '../testing/factories.ts';
import { withProfiles } from '../testing/fake-profiles.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { askFor, type Outcome, outcomeOf } from '../testing/matrix.ts';
import { leaveReport } from '../testing/profile-reports.ts';
import type { Route } from './asked.ts';
import { bindRoutes } from './routes.ts';

const callers = ['nobody', ...roles, 'admin of another environment'] as const;
type Caller = (typeof callers)[number];

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let other: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse({ connectors: withProfiles });
  [place, other] = [await makeEnvironment(house), await makeEnvironment(house, 'Another')];
});
afterAll(() => house.close());

const personsByRole = () => ({ viewer: place.viewer, contributor: place.contributor, admin: place.admin });
const personOf = (caller: Caller) =>
  ({
    nobody: undefined,
    ...personsByRole(),
    'admin of another environment': other.admin,
  })[caller];

/** What the table of grants means for a caller, written down apart from `can`. */
const expectedOutcome = (endpoint: AnyEndpoint, caller: Caller): Outcome => {
  const grant = grants[endpoint.action];
  if (grant === 'anyone') return 'admitted';
  if (caller === 'nobody') return 'unauthenticated';
  if (grant === 'person') return 'admitted';
  if (grant === 'adminOfAny') return caller === 'viewer' || caller === 'contributor' ? 'forbidden' : 'admitted';
  if (caller === 'admin of another environment') return 'notFound';
  return roles.indexOf(caller) >= roles.indexOf(grant as Role) ? 'admitted' : 'forbidden';
};

const ask = (browser: TestClient, endpoint: AnyEndpoint) => askFor(browser, endpoint, place);

const cells = Object.entries(api).flatMap(([name, endpoint]) =>
  callers.map((caller) => [caller, name, expectedOutcome(endpoint, caller)] as const),
);

describe('every role at every endpoint', () => {
  it.each(cells)('%s → %s: %s', async (caller, name, expected) => {
    const endpoint = api[name] as AnyEndpoint;
    const person = personOf(caller);
    const browser = person ? await signedIn(house, person.id) : createClient(house);
    const denied = () => house.db.activity.count({ where: { kind: 'access.denied', byId: person?.id ?? null } });
    const before = await denied();
    const reply = await ask(browser, endpoint);
    expect(outcomeOf(reply)).toBe(expected);
    expect([405, 500, 501, 503]).not.toContain(reply.status);
    expect(reply.text).not.toContain('nothing at this address');
    const isDenial = expected === 'forbidden' || expected === 'notFound';
    expect((await denied()) - before).toBe(isDenial ? 1 : 0);
  });

  it('tells the environment at hand who was denied what', async () => {
    await ask(await signedIn(house, other.admin.id), api.listMembers as AnyEndpoint);
    const row = await house.db.activity.findFirst({
      where: { kind: 'access.denied', byId: other.admin.id, subjectName: 'member:list' },
      orderBy: { id: 'desc' },
    });
    expect(row).toMatchObject({ environmentId: place.environment.id, byName: other.admin.name, address: '127.0.0.1' });
  });

  it('is denied for an action that nobody knows', () => {
    const actor = { id: '', name: '', email: '', sessionId: '', memberships: { here: 'admin' as const } };
    expect(can(actor, 'toString' as never, 'here')).toBe(false);
    expect(can(actor, 'universe:delete' as never, 'here')).toBe(false);
  });
});

/** What a grant on a connection with profile data lets people do, whatever their role; without one they get what a missing one gets. */
const grantCells = roles.flatMap((role) => [
  [role, 'with a grant', 200] as const,
  [role, 'without a grant', 404] as const,
]);

describe('profile data', () => {
  it.each(grantCells)('%s %s → the report: %i', async (role, grant, expected) => {
    const isGranted = grant === 'with a grant';
    const { id: connectionId } = await makeConnection(house, place.environment.id, { type: 'fake-profiles' });
    const at = { environmentId: place.environment.id, connectionId };
    await leaveReport(house, connectionId);
    const others = Object.values(personsByRole()).filter(({ id }) => id !== personsByRole()[role].id);
    const granted = isGranted ? [personsByRole()[role]] : others;
    const by = { grantedById: place.admin.id, grantedByName: '' };
    await house.db.profileGrant.createMany({ data: granted.map(({ id: personId }) => ({ ...at, ...by, personId })) });
    const browser = await signedIn(house, personsByRole()[role].id);
    const reply = await browser(getProfileReport, { params: at });
    expect(reply.status).toBe(expected);
    const missing = await browser(getProfileReport, { params: { ...at, connectionId: newId() } });
    expect(missing.status).toBe(404);
    if (!isGranted) expect(reply.problem.detail).toBe(missing.problem.detail);
    const { body } = await browser(listProfileReports, { params: { environmentId: at.environmentId } });
    expect(body.value.some(({ connection }) => connection.id === connectionId)).toBe(isGranted);
  });
});

describe('the endpoints', () => {
  it('are each bound once, those without signing in as such, and nothing else is', () => {
    const [bound, open]: [AnyEndpoint[], AnyEndpoint[]] = [[], []];
    const route = Object.assign((endpoint: AnyEndpoint) => bound.push(endpoint), {
      open: (endpoint: AnyEndpoint) => open.push(endpoint),
    }) as unknown as Route;
    bindRoutes(route, house);
    const nameOf = (endpoint: AnyEndpoint) => `${endpoint.method} ${endpoint.path}`;
    expect([...bound, ...open].map(nameOf).sort()).toEqual(Object.values(api).map(nameOf).sort());
    expect(open.map(nameOf).sort()).toEqual(
      Object.values(api)
        .filter(({ action }) => grants[action] === 'anyone')
        .map(nameOf)
        .sort(),
    );
  });
});
