import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../testing/client.ts';
import { makePerson, signedIn, testPassword } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { idleHours } from './session.ts';
import { perAccountAndAddress } from './sign-in-limits.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const newPassword = 'a wholly different passphrase';
const happened = (personId: string) =>
  house.db.activity.findMany({ where: { subjectId: personId }, orderBy: { id: 'asc' } });

describe('changing my account', () => {
  it('changes what was given and keeps the rest, with a row in the activity log', async () => {
    const person = await makePerson(house, 'Pat');
    const browser = await signedIn(house, person.id);
    const before = (await browser(contract.getMe)).body;
    const reply = await browser(contract.updateMe, {
      body: { name: '  Pat Smith ', timeZone: 'Europe/Berlin' },
      ifMatch: before.etag,
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ ...before, name: 'Pat Smith', timeZone: 'Europe/Berlin', etag: '"v2"' });
    expect((await browser(contract.getMe)).body).toEqual(reply.body);
    expect(await happened(person.id)).toMatchObject([
      {
        kind: 'person.updated',
        byId: person.id,
        before: { name: 'Pat', timeZone: 'UTC' },
        after: { name: 'Pat Smith', timeZone: 'Europe/Berlin' },
      },
    ]);
  });

  it('leaves version and log alone when nothing differs', async () => {
    const person = await makePerson(house);
    const browser = await signedIn(house, person.id);
    const reply = await browser(contract.updateMe, { body: { name: person.name }, ifMatch: '"v1"' });
    expect(reply.body.etag).toBe('"v1"');
    expect(await happened(person.id)).toEqual([]);
  });

  it('refuses a time zone and a name that do not exist', async () => {
    const browser = await signedIn(house, (await makePerson(house)).id);
    const reply = await browser(contract.updateMe, { body: { timeZone: 'Mars/Olympus', name: ' ' }, ifMatch: '"v1"' });
    expect(reply.problem).toMatchObject({
      code: 'invalidInput',
      errors: [{ field: 'name' }, { field: 'timeZone', message: 'Choose an IANA time zone such as Europe/Berlin.' }],
    });
  });
});

describe('changing my password', () => {
  it('needs the current one, ends my other sessions and leaves no secret in the log', async () => {
    const person = await makePerson(house);
    const [here, elsewhere] = [await signedIn(house, person.id), await signedIn(house, person.id)];
    const reply = await here(contract.changePassword, { body: { currentPassword: testPassword, newPassword } });
    expect(reply.status).toBe(204);
    expect((await here(contract.getMe)).status).toBe(200);
    expect((await elsewhere(contract.getMe)).status).toBe(401);
    const signIn = (password: string) =>
      createClient(house)(contract.createSession, { body: { email: person.email, password } });
    expect((await signIn(testPassword)).status).toBe(401);
    expect((await signIn(newPassword)).status).toBe(201);
    const rows = await happened(person.id);
    expect(rows.map(({ kind }) => kind)).toEqual(['person.password-changed', 'session.created']);
    expect(JSON.stringify(rows)).not.toContain(newPassword);
  });

  it('says which field is wrong, logs the attempt and slows guessing down', async () => {
    const person = await makePerson(house);
    const browser = await signedIn(house, person.id);
    const guess = () => browser(contract.changePassword, { body: { currentPassword: 'guess', newPassword } });
    const replies = [];
    for (let attempt = 0; attempt <= perAccountAndAddress; attempt += 1) replies.push(await guess());
    expect(replies[0]?.problem).toMatchObject({ status: 400, errors: [{ field: 'currentPassword' }] });
    expect(replies.map(({ status }) => status)).toEqual([...Array(perAccountAndAddress).fill(400), 429]);
    const denied = await house.db.activity.count({ where: { byId: person.id, kind: 'access.denied' } });
    expect(denied).toBe(perAccountAndAddress);
  });

  it('counts tries that are made at the same time', async () => {
    const person = await makePerson(house);
    const browser = await signedIn(house, person.id);
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { status } = await browser(contract.changePassword, { body: { currentPassword: 'guess', newPassword } });
        return status;
      }),
    );
    expect(statuses.filter((status) => status === 400)).toHaveLength(perAccountAndAddress);
  });

  it('of two changes at once lets one through', async () => {
    const person = await makePerson(house);
    const browser = await signedIn(house, person.id);
    const change = (password: string) =>
      browser(contract.changePassword, { body: { currentPassword: testPassword, newPassword: password } });
    const replies = await Promise.all([change(`${newPassword} 1`), change(`${newPassword} 2`)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 400]);
  });
});

describe('my sessions', () => {
  it('lists mine, marks the one at hand and leaves out those that are over', async () => {
    const person = await makePerson(house);
    const old = await signedIn(house, person.id);
    house.passSeconds(idleHours * 3600 + 1);
    const browser = createClient(house);
    await browser(contract.createSession, {
      body: { email: person.email, password: testPassword },
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0' },
    });
    await signedIn(house, (await makePerson(house)).id);
    const { value } = (await browser(contract.listMySessions)).body;
    expect(value).toMatchObject([{ current: true, client: 'Firefox on Linux', address: '127.0.0.1', etag: '"v1"' }]);
    expect((await old(contract.getMe)).status).toBe(401);
  });

  it('ends one of mine, and never somebody else’s', async () => {
    const [person, other] = [await makePerson(house), await makePerson(house)];
    const [here, there, theirs] = [
      await signedIn(house, person.id),
      await signedIn(house, person.id),
      await signedIn(house, other.id),
    ];
    const idOf = async (browser: typeof here) =>
      (await browser(contract.listMySessions)).body.value.find(({ current }) => current)?.id ?? '';
    const remove = async (sessionId: string) =>
      here(contract.deleteMySession, { params: { sessionId }, ifMatch: '"v1"' });
    expect((await remove(await idOf(theirs))).problem).toMatchObject({ status: 404, code: 'notFound' });
    expect((await theirs(contract.getMe)).status).toBe(200);
    expect((await remove(await idOf(there))).status).toBe(204);
    expect((await there(contract.getMe)).status).toBe(401);
    const last = await remove(await idOf(here));
    expect(last.headers.get('set-cookie')).toMatch(/^junction-session=; Max-Age=0/);
    expect((await house.db.activity.findMany({ where: { byId: person.id } })).map(({ kind }) => kind)).toEqual([
      'session.deleted',
      'session.deleted',
    ]);
  });
});
