import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createClient, type TestClient } from '../../testing/client.ts';
import { makeEnvironment, makePerson, signedIn } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const password = 'a wholly different passphrase';
const tokenOf = (url: string | undefined) => new URL(url ?? '').hash.slice(1);
const join = (environmentId: string, personId: string, role: contract.Role) =>
  house.db.member.create({ data: { environmentId, personId, role } });
const setRole = (browser: TestClient, environmentId: string, memberId: string, role: contract.Role, ifMatch = '*') =>
  browser(contract.updateMember, { params: { environmentId, memberId }, body: { role }, ifMatch });
const remove = (browser: TestClient, environmentId: string, memberId: string) =>
  browser(contract.deleteMember, { params: { environmentId, memberId }, ifMatch: '*' });

describe('adding a member', () => {
  it('makes a person for a new address and gives the admin a one-time link', async () => {
    const { asAdmin, environment } = await makeEnvironment(house);
    const reply = await asAdmin(contract.createMember, {
      params: { environmentId: environment.id },
      body: { email: 'Kim.Doe@Example.com', role: 'contributor' },
    });
    expect(reply).toMatchObject({
      status: 201,
      body: { name: 'kim.doe', email: 'kim.doe@example.com', role: 'contributor', hasSignedIn: false, isOwner: false },
    });
    expect(reply.body.oneTimeLink?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/welcome#[\w-]{43}$/);
    const [row] = await house.db.activity.findMany({ where: { subjectId: reply.body.id } });
    expect(row).toMatchObject({ kind: 'member.created', after: { email: 'kim.doe@example.com', role: 'contributor' } });
    expect(JSON.stringify(row)).not.toContain(tokenOf(reply.body.oneTimeLink?.url));
  });

  it('takes somebody who is known as they are, once, and makes links that would reset their password stop working', async () => {
    const { asAdmin, environment } = await makeEnvironment(house);
    const other = await makeEnvironment(house);
    const known = other.viewer;
    const reset = await other.asAdmin(contract.resetMemberPassword, {
      params: { environmentId: other.environment.id, memberId: known.id },
    });
    const add = () =>
      asAdmin(contract.createMember, {
        params: { environmentId: environment.id },
        body: { email: known.email.toUpperCase(), role: 'admin', name: 'Somebody Else' },
      });
    const reply = await add();
    expect(reply.body).toMatchObject({ id: known.id, name: known.name, role: 'admin', hasSignedIn: true });
    expect(reply.body.oneTimeLink).toBeUndefined();
    expect((await add()).problem).toMatchObject({ status: 409, code: 'alreadyMember' });
    const redeemed = await createClient(house)(contract.redeemOneTimeLink, {
      body: { token: tokenOf(reset.body.url), password },
    });
    expect(redeemed.problem.code).toBe('linkUsed');
  });

  it('makes one person when two admins add the same address at once', async () => {
    const [one, two] = [await makeEnvironment(house), await makeEnvironment(house)];
    const replies = await Promise.all(
      [one, two].map(({ asAdmin, environment }) =>
        asAdmin(contract.createMember, {
          params: { environmentId: environment.id },
          body: { email: 'same@example.com', role: 'viewer' },
        }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(replies.filter(({ body }) => body.oneTimeLink !== undefined)).toHaveLength(1);
  });
});

describe('changing a member', () => {
  it('holds from their next request on, and is told with before and after', async () => {
    const { asAdmin, asContributor, contributor, environment } = await makeEnvironment(house);
    const params = { environmentId: environment.id };
    expect((await asContributor(contract.listMembers, { params })).status).toBe(403);
    const reply = await setRole(asAdmin, environment.id, contributor.id, 'admin', '"v1"');
    expect(reply.body).toMatchObject({ role: 'admin', etag: '"v2"' });
    expect((await asContributor(contract.listMembers, { params })).status).toBe(200);
    expect((await setRole(asAdmin, environment.id, contributor.id, 'viewer', '"v1"')).status).toBe(412);
    expect(await house.db.activity.findMany({ where: { subjectId: contributor.id } })).toMatchObject([
      { kind: 'member.updated', before: { role: 'contributor' }, after: { role: 'admin' } },
    ]);
  });

  it('keeps the last admin and the owner', async () => {
    const { asAdmin, admin, contributor, environment } = await makeEnvironment(house);
    for (const reply of [
      await setRole(asAdmin, environment.id, admin.id, 'viewer'),
      await remove(asAdmin, environment.id, admin.id),
    ])
      expect(reply.problem).toMatchObject({ status: 409, code: 'lastAdmin' });
    await setRole(asAdmin, environment.id, contributor.id, 'admin');
    for (const reply of [
      await setRole(asAdmin, environment.id, admin.id, 'viewer'),
      await remove(asAdmin, environment.id, admin.id),
    ])
      expect(reply.problem).toMatchObject({ status: 409, code: 'ownerStays' });
    await asAdmin(contract.updateEnvironment, {
      params: { environmentId: environment.id },
      body: { ownerId: contributor.id },
      ifMatch: '*',
    });
    expect((await setRole(asAdmin, environment.id, admin.id, 'viewer')).status).toBe(200);
  });

  it('leaves an admin when two of them demote each other at the same time', async () => {
    const { asAdmin, admin, contributor, asContributor, viewer, environment } = await makeEnvironment(house);
    await setRole(asAdmin, environment.id, contributor.id, 'admin');
    await setRole(asAdmin, environment.id, viewer.id, 'admin');
    await house.db.environment.update({ where: { id: environment.id }, data: { ownerId: viewer.id } });
    await house.db.member.deleteMany({ where: { environmentId: environment.id, personId: viewer.id } });
    const replies = await Promise.all([
      setRole(asAdmin, environment.id, contributor.id, 'viewer'),
      setRole(asContributor, environment.id, admin.id, 'viewer'),
    ]);
    expect(await house.db.member.count({ where: { environmentId: environment.id, role: 'admin' } })).toBe(1);
    expect(replies.map(({ status }) => status)).toContain(200);
  });

  it('takes somebody out, who keeps the account and sees no environment', async () => {
    const { asAdmin, asViewer, viewer, environment } = await makeEnvironment(house);
    expect((await remove(asAdmin, environment.id, viewer.id)).status).toBe(204);
    const params = { environmentId: environment.id };
    expect((await asViewer(contract.getMe)).body.id).toBe(viewer.id);
    expect((await asViewer(contract.listEnvironments)).body).toEqual({ value: [] });
    expect((await asViewer(contract.getEnvironment, { params })).status).toBe(404);
    expect((await asAdmin(contract.getMember, { params: { ...params, memberId: viewer.id } })).status).toBe(404);
    expect((await setRole(asAdmin, environment.id, newId(), 'viewer')).status).toBe(404);
  });
});

describe('resetting a password', () => {
  const reset = (browser: TestClient, environmentId: string, memberId: string) =>
    browser(contract.resetMemberPassword, { params: { environmentId, memberId } });

  it('is for an admin of every environment that the person belongs to', async () => {
    const [here, there] = [await makeEnvironment(house), await makeEnvironment(house)];
    await join(here.environment.id, there.admin.id, 'viewer');
    const refused = await reset(here.asAdmin, here.environment.id, there.admin.id);
    expect(refused.problem).toMatchObject({ status: 409, code: 'otherEnvironments' });
    expect(await house.db.oneTimeLink.count({ where: { personId: there.admin.id } })).toBe(0);
    await join(there.environment.id, here.admin.id, 'contributor');
    expect((await reset(here.asAdmin, here.environment.id, there.admin.id)).status).toBe(409);
    await house.db.member.updateMany({
      where: { environmentId: there.environment.id, personId: here.admin.id },
      data: { role: 'admin' },
    });
    const reply = await reset(here.asAdmin, here.environment.id, there.admin.id);
    expect(reply.status).toBe(201);
    expect((await there.asAdmin(contract.getMe)).status).toBe(200);
    const browser = createClient(house);
    await browser(contract.redeemOneTimeLink, { body: { token: tokenOf(reply.body.url), password } });
    expect((await browser(contract.getMe)).body.id).toBe(there.admin.id);
    expect((await there.asAdmin(contract.getMe)).status).toBe(401);
  });

  it('gives somebody who never signed in another link to join with', async () => {
    const { asAdmin, environment } = await makeEnvironment(house);
    const params = { environmentId: environment.id };
    const added = await asAdmin(contract.createMember, { params, body: { email: 'late@example.com', role: 'viewer' } });
    const again = await reset(asAdmin, environment.id, added.body.id);
    const inspect = (url: string | undefined) =>
      createClient(house)(contract.inspectOneTimeLink, { body: { token: tokenOf(url) } });
    expect((await inspect(added.body.oneTimeLink?.url)).status).toBe(410);
    expect((await inspect(again.body.url)).body).toMatchObject({ purpose: 'newMember', email: 'late@example.com' });
  });

  it('is not for people of other environments', async () => {
    const { asAdmin, environment } = await makeEnvironment(house);
    expect((await reset(asAdmin, environment.id, (await makePerson(house)).id)).status).toBe(404);
  });
});

describe('a person without any environment', () => {
  it('signs in and may do nothing else', async () => {
    const browser = await signedIn(house, (await makePerson(house)).id);
    expect((await browser(contract.getMe)).body.canCreateEnvironments).toBe(false);
    expect((await browser(contract.createEnvironment, { body: { name: 'Mine' } })).status).toBe(403);
  });
});
