import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../testing/client.ts';
import { makePerson, testPassword } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { absoluteHours, idleHours } from './session.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

describe('signing in', () => {
  it('gives the browser a session that holds until it signs out', async () => {
    const person = await makePerson(house);
    const browser = createClient(house);
    const signedIn = await browser(contract.createSession, {
      body: { email: person.email.toUpperCase(), password: testPassword },
    });
    expect(signedIn.status).toBe(201);
    expect(signedIn.headers.get('set-cookie')).toMatch(
      /^junction-session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    expect((await browser(contract.getMe)).body).toMatchObject({ id: person.id, email: person.email });
    const token = browser.cookie?.split('=')[1] ?? '';
    expect((await browser(contract.deleteSession)).body).toEqual({ providerUrl: null });
    expect((await createClient(house, `junction-session=${token}`)(contract.getMe)).problem).toMatchObject({
      status: 401,
      code: 'unauthenticated',
    });
  });

  it('answers the same whether the account or the password is wrong', async () => {
    const person = await makePerson(house);
    const wrongPassword = await createClient(house)(contract.createSession, {
      body: { email: person.email, password: 'not the password' },
    });
    const noAccount = await createClient(house)(contract.createSession, {
      body: { email: 'nobody@example.com', password: 'not the password' },
    });
    expect(wrongPassword.problem).toMatchObject({ status: 401, code: 'wrongCredentials' });
    expect({ ...noAccount.problem, traceId: '' }).toEqual({ ...wrongPassword.problem, traceId: '' });
  });

  it('changes the token at sign-in, so that a planted one is worth nothing', async () => {
    const person = await makePerson(house);
    const browser = createClient(house);
    await browser(contract.createSession, { body: { email: person.email, password: testPassword } });
    const first = browser.cookie;
    await browser(contract.createSession, { body: { email: person.email, password: testPassword } });
    expect(browser.cookie).not.toBe(first);
    expect((await createClient(house, first)(contract.getMe)).status).toBe(401);
  });

  it('slows down guessing one account from one address, says how long, and lets others in', async () => {
    const [guessed, other] = [await makePerson(house), await makePerson(house)];
    const guess = () =>
      createClient(house)(contract.createSession, { body: { email: guessed.email, password: 'wrong' } });
    const replies = [];
    for (let attempt = 0; attempt < 9; attempt += 1) replies.push(await guess());
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 429]);
    expect(Number(replies[8]?.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(
      (await createClient(house)(contract.createSession, { body: { email: other.email, password: testPassword } }))
        .status,
    ).toBe(201);
  });
});

describe('a session', () => {
  it.each([
    ['idle for too long', idleHours],
    ['older than its absolute end', absoluteHours],
  ])('ends when it is %s', async (_why, hours) => {
    const person = await makePerson(house);
    const browser = createClient(house);
    await browser(contract.createSession, { body: { email: person.email, password: testPassword } });
    expect((await browser(contract.getMe)).status).toBe(200);
    house.passSeconds(hours * 3600 + 1);
    expect((await browser(contract.getMe)).status).toBe(401);
  });
});
