import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { allPages } from '../../testing/pages.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
const total = 25;

const addPeople = async (environmentId: string, names: readonly string[], role: contract.Role) => {
  const people = names.map((name) => ({ id: newId(), name, email: `${newId()}@example.com` }));
  await house.db.person.createMany({ data: people });
  await house.db.member.createMany({ data: people.map(({ id }) => ({ environmentId, personId: id, role })) });
  return people;
};

beforeAll(async () => {
  house = await openTestHouse();
  place = await makeEnvironment(house);
  const names = Array.from({ length: total - 3 }, (_, index) => `Person ${index % 4} 100%`);
  await addPeople(place.environment.id, names, 'viewer');
  await makeEnvironment(house);
});
afterAll(() => house.close());

type Query = NonNullable<Parameters<typeof place.asAdmin<typeof contract.listMembers>>[1]>['query'];
const list = (query: Query = {}) =>
  place.asAdmin(contract.listMembers, { params: { environmentId: place.environment.id }, query });
const names = (reply: { body: contract.ResponseOf<typeof contract.listMembers> }) =>
  reply.body.value.map(({ name }) => name);

describe('the list of members', () => {
  it.each(contract.memberOrderFields.flatMap((field) => [field, `${field} desc`]))(
    'has everybody once, in pages ordered by %s',
    async (orderby) => {
      const pages = await allPages((skiptoken) => list({ orderby, maxpagesize: 4, skiptoken }));
      expect(pages.map(({ length }) => length)).toEqual([4, 4, 4, 4, 4, 4, 1]);
      const ids = pages.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(total);
      const whole = (await list({ orderby, maxpagesize: contract.maximumPageSize })).body.value.map(({ id }) => id);
      expect(ids).toEqual(whole);
    },
  );

  it('orders by strength of role and by name without case', async () => {
    const roles = (await list({ orderby: 'role desc' })).body.value.map(({ role }) => role);
    expect(roles.slice(0, 3)).toEqual(['admin', 'contributor', 'viewer']);
    const sorted = names(await list());
    expect(sorted).toEqual(
      [...sorted].sort((one, other) => one.toLowerCase().localeCompare(other.toLowerCase(), 'en')),
    );
  });

  it('neither skips nor repeats anybody while people come and go', async () => {
    const { environment, asAdmin, viewer } = await makeEnvironment(house);
    await house.db.member.deleteMany({ where: { personId: viewer.id } });
    const letters = [...'bdfhjlnprt'];
    await addPeople(environment.id, letters, 'viewer');
    const pages = await allPages(
      (skiptoken) =>
        asAdmin(contract.listMembers, {
          params: { environmentId: environment.id },
          query: { filter: "role eq 'viewer'", maxpagesize: 3, skiptoken, search: '' },
        }),
      async () => {
        await addPeople(environment.id, ['a', 'z'], 'viewer');
        await house.db.member.deleteMany({
          where: { environmentId: environment.id, person: { name: { in: ['b', 'f'] } } },
        });
      },
    );
    const seen = pages.flat().map(({ id }) => id);
    expect(new Set(seen).size).toBe(seen.length);
    const found = pages.flat().map(({ name }) => name);
    for (const letter of letters.filter((name) => name !== 'b' && name !== 'f'))
      expect(found.filter((name) => name === letter)).toHaveLength(1);
  });

  it('finds by part of name or e-mail, taking % and _ as they are', async () => {
    expect(new Set(names(await list({ search: 'PERSON 1' })))).toEqual(new Set(['Person 1 100%']));
    expect(names(await list({ search: '0%' }))).toHaveLength(total - 3);
    expect(names(await list({ search: '_' }))).toEqual([]);
    expect(names(await list({ search: place.admin.email.slice(0, 20).toUpperCase() }))).toEqual([place.admin.name]);
    expect(names(await list({ filter: "role in ('admin','contributor')" })).sort()).toEqual([
      'Alex Admin',
      'Cleo Contributor',
    ]);
  });

  const tokenOfName = async () => {
    const { nextLink } = (await list({ maxpagesize: 1 })).body;
    return new URL(nextLink ?? '', house.baseUrl).searchParams.get('skiptoken') ?? '';
  };
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each<[string, string, () => Promise<Query> | Query]>([
    ['a token that is nonsense', 'skiptoken', () => ({ skiptoken: 'nonsense' })],
    ['a token of another order', 'skiptoken', async () => ({ skiptoken: await tokenOfName(), orderby: 'email' })],
    [
      'a token of the other direction',
      'skiptoken',
      async () => ({ skiptoken: await tokenOfName(), orderby: 'name desc' }),
    ],
    ['a forged time', 'skiptoken', () => ({ orderby: 'addedAt', skiptoken: forged(['addedAt', 'now()', newId()]) })],
    ['a forged text', 'skiptoken', () => ({ skiptoken: forged(['name', '\0', newId()]) })],
    ['a forged number', 'skiptoken', () => ({ orderby: 'role', skiptoken: forged(['role', '9'.repeat(30), newId()]) })],
    ['a forged id', 'skiptoken', () => ({ skiptoken: forged(['name', 'a', 'b']) })],
    ['an order that does not exist', 'orderby', () => ({ orderby: 'passwordHash' })],
    ['a filter that does not exist', 'filter', () => ({ filter: "email eq 'x'" })],
    ['a comparison that does not fit', 'filter', () => ({ filter: "role ge 'x'" })],
    ['too many rows', 'maxpagesize', () => ({ maxpagesize: 201 })],
    ['no rows', 'maxpagesize', () => ({ maxpagesize: 0 })],
  ])('refuses %s', async (_what, field, query) => {
    expect((await list(await query())).problem).toMatchObject({
      status: 400,
      code: 'invalidInput',
      errors: [{ field }],
    });
  });

  it('links to the next page with the query that was asked', async () => {
    const { nextLink = '' } = (await list({ search: 'person', orderby: 'name desc', maxpagesize: 2 })).body;
    expect(nextLink).toMatch(
      /^\/api\/v1\/environments\/[0-9a-f-]{36}\/members\?search=person&orderby=name\+desc&maxpagesize=2&skiptoken=[\w-]+$/,
    );
  });
});
