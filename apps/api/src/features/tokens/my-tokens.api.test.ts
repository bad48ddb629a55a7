import * as contract from '@junction/contracts';
import { maxTokensPerOwner, tokenPattern } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashToken } from '../../platform/tokens.ts';
import type { TestClient } from '../../testing/client.ts';
import { makePerson, signedIn } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { fromAnywhere, race } from '../../testing/races.ts';
import { byToken, makeTokens, showing } from '../../testing/tokens.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ env: { JUNCTION_TRUSTED_PROXIES: 'loopback' } });
});
afterAll(() => house.close());

let person: Awaited<ReturnType<typeof makePerson>>;
let browser: TestClient;
beforeEach(async () => {
  person = await makePerson(house);
  browser = await signedIn(house, person.id);
});

const body = { name: 'Nightly job', expiresInDays: 30, scope: ['export:run', 'run:read'] } as const;
const make = (over: object = {}, client = browser) =>
  client(contract.createMyToken, { body: { ...body, scope: [...body.scope], ...over } });
const told = (kind: contract.ActivityKind, subjectId: string) =>
  house.db.activity.findMany({ where: { kind, subjectId } });

describe('making a token', () => {
  it('shows it once, and keeps a hash of it', async () => {
    const { status, body: made } = await make();
    expect(status).toBe(201);
    expect(made.token).toMatch(tokenPattern);
    expect(made).toMatchObject({
      name: 'Nightly job',
      hint: made.token.slice(4, 10),
      scope: ['export:run', 'run:read'],
      createdBy: { id: person.id, name: person.name },
      isExpired: false,
      lastUsedAt: null,
      lastUsedFrom: null,
    });
    expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(30 * 24 * 3_600_000);
    const row = await house.db.apiToken.findUniqueOrThrow({ where: { id: made.id } });
    expect(Buffer.from(row.tokenHash)).toEqual(Buffer.from(hashToken(made.token)));
    expect(JSON.stringify(row)).not.toContain(made.token);
    const { token: _token, ...listed } = made;
    expect((await browser(contract.listMyTokens)).body).toEqual({ value: [listed] });
  });

  it('is told, with scope and expiry, to no environment', async () => {
    const { body: made } = await make();
    const [row] = await told('token.created', made.id);
    expect(row).toMatchObject({ environmentId: null, byId: person.id, tokenName: null, subjectName: 'Nightly job' });
    expect(row?.after).toEqual({ scope: [...body.scope], expiresAt: made.expiresAt });
  });

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['no scope', { scope: [] }, 'scope'],
    ['an action that nobody knows', { scope: ['universe:delete'] }, 'scope.0'],
    ['an action that makes credentials', { scope: ['my-token:create'] }, 'scope.0'],
    ['no days', { expiresInDays: 0 }, 'expiresInDays'],
    ['more than a year', { expiresInDays: 366 }, 'expiresInDays'],
    ['part of a day', { expiresInDays: 1.5 }, 'expiresInDays'],
    ['no end', { expiresInDays: undefined }, 'expiresInDays'],
    ['a token of their choice', { token: 'jct_mine' }, 'token'],
  ])('is refused with %s', async (_what, over, field) => {
    const { status, problem } = await make(over);
    expect([status, problem.errors?.[0]?.field]).toEqual([400, field]);
  });

  it('takes an action that is named twice once', async () => {
    expect((await make({ scope: ['run:read', 'run:read'] })).body.scope).toEqual(['run:read']);
  });

  it('may name what its owner cannot do now, which gives nothing', async () => {
    const { body: made } = await make({ scope: ['member:list'] });
    const params = { environmentId: person.id };
    expect((await showing(house, made.token)(contract.listMembers, { params })).status).toBe(404);
  });

  it('finds no room beside fifty, and sweeps away what expired long ago', async () => {
    await makeTokens(
      house,
      person.id,
      Array.from({ length: maxTokensPerOwner }, () => ({})),
    );
    const refused = await make();
    expect([refused.status, refused.problem.code]).toEqual([409, 'tooManyTokens']);
    await house.db.apiToken.updateMany({
      where: { ownerId: person.id },
      data: { expiresAt: new Date(house.clock.now().getTime() - 29 * 24 * 3_600_000) },
    });
    expect((await make()).status).toBe(409);
    house.passSeconds(2 * 24 * 3_600);
    const client = await signedIn(house, person.id);
    expect((await make({}, client)).status).toBe(201);
    expect((await client(contract.listMyTokens)).body.value).toHaveLength(1);
  });

  it('finds room once for two who ask at the same time', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { id } = await makePerson(house);
        await makeTokens(
          house,
          id,
          Array.from({ length: maxTokensPerOwner - 1 }, () => ({})),
        );
        const client = fromAnywhere(await signedIn(house, id));
        return [() => make({}, client), () => make({}, client)] as [
          () => ReturnType<typeof make>,
          () => ReturnType<typeof make>,
        ];
      }),
    );
    for (const replies of await race(pairs)) expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('is answered anew each time, whatever the idempotency key, as no answer with a token is kept', async () => {
    const headers = { 'idempotency-key': 'once' };
    const ask = () => browser(contract.createMyToken, { body: { ...body, scope: [...body.scope] }, headers });
    const [one, other] = [await ask(), await ask()];
    expect(one.body.token).not.toBe(other.body.token);
    expect(await house.db.idempotentRequest.count({ where: { personId: person.id } })).toBe(0);
  });

  it('is nothing that a token can do', async () => {
    const ask = await byToken(house, person.id);
    for (const reply of [await make({}, ask), await ask(contract.listMyTokens)])
      expect([reply.status, reply.problem.code]).toEqual([403, 'outOfScope']);
  });
});

describe('revoking a token', () => {
  it('ends it at once, and is told', async () => {
    const { body: made } = await make();
    const ask = showing(house, made.token);
    expect((await ask(contract.getMe)).status).toBe(200);
    expect((await browser(contract.deleteMyToken, { params: { tokenId: made.id } })).status).toBe(204);
    const after = await ask(contract.getMe);
    expect([after.status, after.problem.code]).toEqual([401, 'tokenInvalid']);
    const [row] = await told('token.revoked', made.id);
    expect(row).toMatchObject({ environmentId: null, subjectName: 'Nightly job' });
    expect(row?.before).toEqual({ scope: [...body.scope], expiresAt: made.expiresAt });
  });

  it('finds nobody else’s, nor one twice', async () => {
    const other = await signedIn(house, (await makePerson(house)).id);
    const { body: made } = await make();
    const at = { params: { tokenId: made.id } };
    expect((await other(contract.deleteMyToken, at)).status).toBe(404);
    expect((await other(contract.listMyTokens)).body.value).toEqual([]);
    expect((await browser(contract.deleteMyToken, at)).status).toBe(204);
    expect((await browser(contract.deleteMyToken, at)).status).toBe(404);
  });

  it('happens once for two who ask at the same time, and is told once', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, async () => (await make()).body));
    const client = fromAnywhere(browser);
    const revoke = (tokenId: string) => () => client(contract.deleteMyToken, { params: { tokenId } });
    const answers = await race(made.map(({ id }) => [revoke(id), revoke(id)]));
    for (const replies of answers) expect(replies.map(({ status }) => status).sort()).toEqual([204, 404]);
    for (const { id } of made) expect(await told('token.revoked', id)).toHaveLength(1);
  });

  it('leaves no use behind that was under way', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, async () => (await make()).body));
    const client = fromAnywhere(browser);
    const answers = await race(
      made.map(({ id, token }) => [
        () => fromAnywhere(showing(house, token))(contract.getMe),
        () => client(contract.deleteMyToken, { params: { tokenId: id } }),
      ]),
    );
    for (const [used, revoked] of answers) {
      expect([200, 401]).toContain(used.status);
      expect(revoked.status).toBe(204);
    }
    for (const { token } of made) expect((await fromAnywhere(showing(house, token))(contract.getMe)).status).toBe(401);
    expect(await house.db.apiToken.count({ where: { ownerId: person.id } })).toBe(0);
  });
});

describe('a person’s tokens', () => {
  it('outlive a new password, and go with the person', async () => {
    const { body: made } = await make();
    const change = { currentPassword: 'correct horse battery staple', newPassword: 'another horse battery' };
    expect((await browser(contract.changePassword, { body: change })).status).toBe(204);
    expect((await showing(house, made.token)(contract.getMe)).status).toBe(200);
    await house.db.person.delete({ where: { id: person.id } });
    expect(await house.db.apiToken.count({ where: { id: made.id } })).toBe(0);
    expect((await showing(house, made.token)(contract.getMe)).status).toBe(401);
  });

  it('rest while the identity provider has lost the person', async () => {
    const { body: made } = await make();
    const now = house.clock.now();
    await house.db.identity.create({
      data: {
        id: made.id,
        providerId: 'oidc',
        issuer: 'https://login.example',
        subject: person.id,
        personId: person.id,
        email: person.email,
        confirmedAt: now,
        lostAt: now,
      },
    });
    const resting = await showing(house, made.token)(contract.getMe);
    expect([resting.status, resting.problem.code]).toEqual([401, 'tokenInvalid']);
    await house.db.identity.update({ where: { personId: person.id }, data: { lostAt: null } });
    expect((await showing(house, made.token)(contract.getMe)).status).toBe(200);
  });
});
