import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import type { TestClient } from '../testing/client.ts';
import { makeEnvironment, signedIn } from '../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { idempotencyHours } from './idempotency.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  place = await makeEnvironment(house);
});
afterAll(() => house.close());

const create = (key: string, name: string, browser: TestClient = place.asAdmin) =>
  browser(contract.createEnvironment, { body: { name }, headers: { 'idempotency-key': key } });
const count = (name: string) => house.db.environment.count({ where: { name } });

describe('a POST with an Idempotency-Key', () => {
  it('is done once and answered alike every time', async () => {
    const [key, name] = [newId(), newId()];
    const first = await create(key, name);
    const again = await create(key, name);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(await count(name)).toBe(1);
  });

  it('is done once when both come at the same time', async () => {
    const [key, name] = [newId(), newId()];
    const replies = await Promise.all([create(key, name), create(key, name)]);
    const statuses = replies.map(({ status }) => status).sort();
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    expect(replies.filter(({ status }) => status === 409).map(({ problem }) => problem.code)).toEqual(
      statuses.includes(409) ? ['idempotencyInProgress'] : [],
    );
    expect(await count(name)).toBe(1);
  });

  it('is refused for another request with the same key', async () => {
    const key = newId();
    await create(key, newId());
    expect((await create(key, newId())).problem).toMatchObject({ status: 422, code: 'idempotencyMismatch' });
  });

  it('is somebody else’s own', async () => {
    const [key, name] = [newId(), newId()];
    const other = await makeEnvironment(house);
    await create(key, name);
    expect((await create(key, name, other.asAdmin)).status).toBe(201);
    expect(await count(name)).toBe(2);
  });

  it('can be tried again after a failure', async () => {
    const [key, name] = [newId(), newId()];
    expect((await create(key, '')).status).toBe(400);
    expect((await create(key, name)).status).toBe(201);
  });

  it('is forgotten after a day, and a cut-off one after a minute', async () => {
    const [key, name] = [newId(), newId()];
    await create(key, name);
    house.passSeconds(idempotencyHours * 3600 + 60);
    const browser = await signedIn(house, place.admin.id);
    expect((await create(key, name, browser)).status).toBe(201);
    expect(await count(name)).toBe(2);
    const cutOff = newId();
    await create(cutOff, name, browser);
    await house.db.idempotentRequest.updateMany({ where: { key: cutOff }, data: { status: null, sealed: null } });
    expect((await create(cutOff, name, browser)).problem.code).toBe('idempotencyInProgress');
    house.passSeconds(61);
    expect((await create(cutOff, name, browser)).status).toBe(201);
  });

  it('keeps the answer sealed', async () => {
    const own = await makeEnvironment(house);
    const key = newId();
    const reply = await own.asAdmin(contract.createMember, {
      params: { environmentId: own.environment.id },
      body: { email: `${key}@example.com`, role: 'viewer' },
      headers: { 'idempotency-key': key },
    });
    const token = reply.body.oneTimeLink?.url.split('#')[1] ?? '';
    expect(token).toHaveLength(43);
    const row = await house.db.idempotentRequest.findFirstOrThrow({ where: { key } });
    expect(Buffer.from(row.sealed ?? []).includes(token)).toBe(false);
    expect(Buffer.from(row.sealed ?? []).includes('example.com')).toBe(false);
  });

  it('needs a key that fits into a header and a column', async () => {
    const browser = await signedIn(house, place.admin.id);
    expect((await create('x'.repeat(201), newId(), browser)).problem).toMatchObject({
      status: 400,
      errors: [{ field: 'Idempotency-Key' }],
    });
  });
});
