import { connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { connectionDraftDays, maximumConnectionDrafts } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import type { TestClient } from '../../../testing/client.ts';
import { makeEnvironment, makePerson, signedIn } from '../../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../../testing/house.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
beforeAll(async () => {
  house = await openTestHouse({ connectors });
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
});

type Body = contract.BodyInput<typeof contract.createConnectionDraft>;
const typed: Body = { type: 'audience-insights', name: 'Contoso', settings: { accountName: 'conto' } };
const begin = (over: Partial<Body> = {}, client: TestClient = place.asAdmin) =>
  client(contract.createConnectionDraft, { params, body: { ...typed, ...over } });
const begun = async (over: Partial<Body> = {}) => (await begin(over)).body;
const list = async (client: TestClient = place.asAdmin, query = {}) =>
  (await client(contract.listConnectionDrafts, { params, query })).body;

describe('a draft', () => {
  it('keeps what was typed, right or wrong, and is gone when it is discarded', async () => {
    const { status, body: draft } = await begin();
    expect(status).toBe(201);
    expect(draft).toEqual({
      id: expect.any(String),
      environmentId: params.environmentId,
      ...typed,
      mapping: null,
      personIds: [],
      everyHours: 6,
      step: 'settings',
      updatedAt: expect.any(String),
    });
    const at = { params: { ...params, draftId: draft.id } };
    const more = { mapping: { gender: 'Sex' }, personIds: [place.viewer.id], everyHours: 24, step: 'access' as const };
    expect((await place.asAdmin(contract.updateConnectionDraft, { ...at, body: more })).body).toMatchObject({
      ...typed,
      ...more,
    });
    await place.asAdmin(contract.updateConnectionDraft, { ...at, body: { mapping: null } });
    expect((await place.asAdmin(contract.getConnectionDraft, at)).body).toMatchObject({
      ...typed,
      ...more,
      mapping: null,
    });
    expect((await place.asAdmin(contract.deleteConnectionDraft, at)).status).toBe(204);
    for (const endpoint of [contract.getConnectionDraft, contract.deleteConnectionDraft])
      expect((await place.asAdmin(endpoint, at)).status).toBe(404);
  });

  it('is there for whoever began it alone, other admins not among them', async () => {
    const { id } = await begun();
    const second = await makePerson(house, 'Sam Second');
    await house.db.member.create({ data: { ...params, personId: second.id, role: 'admin' } });
    const asSecond = await signedIn(house, second.id);
    expect((await list(asSecond)).value).toEqual([]);
    const at = { params: { ...params, draftId: id } };
    expect((await asSecond(contract.getConnectionDraft, at)).status).toBe(404);
    expect((await asSecond(contract.deleteConnectionDraft, at)).status).toBe(404);
    expect((await asSecond(contract.updateConnectionDraft, { ...at, body: { name: 'Mine' } })).status).toBe(404);
    const elsewhere = await makeEnvironment(house, 'Elsewhere');
    const there = { params: { environmentId: elsewhere.environment.id, draftId: id } };
    expect((await elsewhere.asAdmin(contract.getConnectionDraft, there)).status).toBe(404);
    expect((await list()).value).toMatchObject([{ id, name: 'Contoso' }]);
  });

  it('comes last touched first, and of too many the oldest goes', async () => {
    const first = await begun({ name: 'first' });
    house.passSeconds(1);
    const second = await begun({ name: 'second' });
    house.passSeconds(1);
    await place.asAdmin(contract.updateConnectionDraft, {
      params: { ...params, draftId: first.id },
      body: { step: 'review' },
    });
    expect((await list()).value.map(({ name }) => name)).toEqual(['first', 'second']);
    const page = await list(place.asAdmin, { maxpagesize: 1 });
    expect([page.value.length, page.nextLink !== undefined]).toEqual([1, true]);
    house.passSeconds(1);
    for (let index = 2; index <= maximumConnectionDrafts; index += 1) await begun({ name: `another ${index}` });
    const ids = (await list(place.asAdmin, { maxpagesize: 100 })).value.map(({ id }) => id);
    expect(ids).toHaveLength(maximumConnectionDrafts);
    expect(ids).toContain(first.id);
    expect(ids).not.toContain(second.id);
  });

  it('is not there any more after its days', async () => {
    const { id } = await begun();
    await house.db.connectionDraft.update({
      where: { id },
      data: { updatedAt: new Date(house.clock.now().getTime() - connectionDraftDays * 86_400_000 - 1) },
    });
    expect((await list()).value).toEqual([]);
    expect((await place.asAdmin(contract.getConnectionDraft, { params: { ...params, draftId: id } })).status).toBe(404);
  });
});

const key = Buffer.alloc(64, 9).toString('base64');
/** As keys are: with letters of both cases and digits. */
const wholeKey = Buffer.from(Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256)).toString('base64');
const sas = `sv=2025-01-05&sp=rl&se=2099-01-01T00:00:00Z&sig=${encodeURIComponent(Buffer.alloc(32, 9).toString('base64'))}`;
const refusals: [string, Partial<Body>, string, string][] = [
  ['a secret by its field', { settings: { accountKey: 'anything' } }, 'settings.accountKey', 'secret'],
  ['a field that there is not', { settings: { nope: 'anything' } }, 'settings.nope', 'unknown_field'],
  ['an account key', { settings: { accountName: key } }, 'settings.accountName', 'secret'],
  ['an account key in a name', { name: `key ${key}` }, 'name', 'secret'],
  [
    'an account key as a URL has it',
    { settings: { accountName: encodeURIComponent(key) } },
    'settings.accountName',
    'secret',
  ],
  ['an account key without its end', { name: `${wholeKey.slice(0, -2)} is key1` }, 'name', 'secret'],
  ['an account key in two lines', { name: `key1:\n${key.slice(0, 60)}\n${key.slice(60)}` }, 'name', 'secret'],
  [
    'an account key with a sign that nobody sees',
    { name: `${key.slice(0, 60)}\u200b${key.slice(60)}` },
    'name',
    'secret',
  ],
  [
    'a connection string',
    { settings: { environmentFolder: `AccountName=contoso;AccountKey=${key};` } },
    'settings.environmentFolder',
    'secret',
  ],
  ['a SAS token', { settings: { endpoint: sas } }, 'settings.endpoint', 'secret'],
  [
    'a SAS URL',
    { settings: { endpoint: `https://contoso.dfs.core.windows.net/customers?${sas}` } },
    'settings.endpoint',
    'secret',
  ],
  ['a secret as a column', { mapping: { gender: sas } }, 'mapping.gender', 'secret'],
  [
    'a URL with a password',
    { type: 'http-webhook', settings: { url: 'https://me:pass@hooks.example/' } },
    'settings.url',
    'secret',
  ],
  [
    'a client secret',
    { type: 'adls-gen2', settings: { clientId: 'abc8Q~abcdefghij.klmnopqrst_uvwxyzab-cde' } },
    'settings.clientId',
    'secret',
  ],
  ['a signing secret', { type: 'http-webhook', settings: { url: 'whsec_c2VjcmV0' } }, 'settings.url', 'secret'],
  [
    'a private key',
    { type: 'sftp', settings: { host: '-----BEGIN OPENSSH PRIVATE KEY-----' } },
    'settings.host',
    'secret',
  ],
];

describe('a secret in a draft', () => {
  it.each(refusals)('is refused: %s', async (_what, over, field, code) => {
    const { status, problem, text } = await begin(over);
    expect([status, problem.errors]).toMatchObject([400, [{ field, code }]]);
    for (const secret of [key, wholeKey.slice(0, -2), sas, 'me:pass', 'c2VjcmV0', encodeURIComponent(key)])
      expect(text).not.toContain(secret);
    const draft = await begun({ type: over.type ?? typed.type, settings: {} });
    const { type: _type, ...body } = over;
    const at = { params: { ...params, draftId: draft.id } };
    const update = await place.asAdmin(contract.updateConnectionDraft, { ...at, body });
    expect([update.status, update.problem.errors]).toMatchObject([400, [{ field, code }]]);
    expect((await place.asAdmin(contract.getConnectionDraft, at)).body).toMatchObject({
      name: 'Contoso',
      settings: {},
    });
  });

  it('is not seen in what is none', async () => {
    const settings = {
      accountName: 'https://contosolake.dfs.core.windows.net',
      environmentId: newId(),
      environmentFolder: `customerinsights/ci_${newId()}/${newId()}`,
      authentication: 'sharedKey',
    };
    const mapping = { birthDate: 'Contact.Birth Date', income: 'Signature_Income' };
    expect((await begin({ name: 'Account key of last year', settings, mapping })).status).toBe(201);
  });

  it('is no matter for a type that there is not', async () => {
    expect((await begin({ type: 'nope' })).problem.errors).toMatchObject([{ field: 'type', code: 'unknown' }]);
  });
});
