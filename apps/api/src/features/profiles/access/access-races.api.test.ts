import * as contract from '@junction/contracts';
import { maximumConnectionDrafts, maximumProfileAccess } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import type { TestClient } from '../../../testing/client.ts';
import { makeConnection } from '../../../testing/connections.ts';
import { makeEnvironment, signedIn } from '../../../testing/factories.ts';
import { withProfiles } from '../../../testing/fake-profiles.ts';
import { openTestHouse, type TestHouse } from '../../../testing/house.ts';
import { fromAnywhere, prepare, type Racers, race, racePairs } from '../../../testing/races.ts';
import { remove, usageOf } from '../../../testing/removals.ts';
import { recordView } from './record-view.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let asAdmin: TestClient;
let environmentId: string;
beforeAll(async () => {
  house = await openTestHouse({ connectors: withProfiles, env: { JUNCTION_TRUSTED_PROXIES: 'loopback' } });
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  asAdmin = fromAnywhere(place.asAdmin);
  environmentId = place.environment.id;
});

type Answer = { status: number; text: string };
const pairs = Math.min(racePairs, 60);
const endings = async (make: () => Promise<Racers<Answer, Answer>>): Promise<Set<string>> => {
  const answers = await race(await prepare(pairs, make));
  return new Set(answers.map((pair) => pair.map(({ status }) => status).join(' ')));
};
const addLake = () => makeConnection(house, environmentId, { type: 'fake-profiles' });
const addMembers = async (count: number) => {
  const ids = Array.from({ length: count }, () => newId());
  await house.db.person.createMany({ data: ids.map((id) => ({ id, name: 'Somebody', email: `${id}@example.com` })) });
  await house.db.member.createMany({ data: ids.map((personId) => ({ environmentId, personId, role: 'viewer' })) });
  return ids;
};
const giveTo = (connectionId: string, personIds: readonly string[]) =>
  house.db.profileGrant.createMany({
    data: personIds.map((personId) => ({
      connectionId,
      environmentId,
      personId,
      grantedById: place.admin.id,
      grantedByName: 'Alex Admin',
    })),
  });
const granting = (connectionId: string, personId: string) => () =>
  asAdmin(contract.grantProfileAccess, { params: { environmentId, connectionId }, body: { personId } });
const revoking = (connectionId: string, personId: string) => () =>
  asAdmin(contract.revokeProfileAccess, { params: { environmentId, connectionId, personId } });
const told = (kind: string) => house.db.activity.count({ where: { environmentId, kind } });

it('gives access once and takes it away once, however many do', async () => {
  const given = await endings(async () => {
    const { id } = await addLake();
    return [granting(id, place.viewer.id), granting(id, place.viewer.id)];
  });
  expect(given).toEqual(new Set(['201 201']));
  expect(await told('profile-access.granted')).toBe(pairs);
  const taken = await endings(async () => {
    const { id } = await addLake();
    await giveTo(id, [place.viewer.id]);
    return [revoking(id, place.viewer.id), revoking(id, place.viewer.id)];
  });
  expect([...taken].every((ending) => ['204 404', '404 204'].includes(ending))).toBe(true);
  expect(await told('profile-access.revoked')).toBe(pairs);
});

it('never gives it to more people than may have it', async () => {
  const people = await addMembers(maximumProfileAccess + 1);
  const [one = '', other = '', ...rest] = people;
  const ended = await endings(async () => {
    const { id } = await addLake();
    await giveTo(id, rest);
    return [granting(id, one), granting(id, other)];
  });
  expect([...ended].every((ending) => ['201 400', '400 201'].includes(ending))).toBe(true);
});

it('gives none to somebody who leaves', async () => {
  const people = await addMembers(pairs);
  const { id } = await addLake();
  const ended = await endings(async () => {
    const memberId = people.pop() ?? '';
    const leave = () => asAdmin(contract.deleteMember, { params: { environmentId, memberId }, ifMatch: '*' });
    return [granting(id, memberId), leave];
  });
  expect([...ended].every((ending) => ['201 204', '400 204'].includes(ending))).toBe(true);
  expect(await house.db.profileGrant.count({ where: { environmentId } })).toBe(0);
});

it('is not given behind the back of whoever confirms a removal', async () => {
  const ended = await endings(async () => {
    const lake = await addLake();
    const { etag } = await usageOf(asAdmin, lake);
    return [granting(lake.id, place.viewer.id), () => remove(asAdmin, lake, { usage: etag })];
  });
  expect([...ended].every((ending) => ['201 409', '404 200'].includes(ending))).toBe(true);
});

it('tells everybody who had it before of whoever takes it, also of two at once', async () => {
  const [second, third] = await addMembers(2);
  await house.db.member.updateMany({
    where: { personId: { in: [second ?? '', third ?? ''] } },
    data: { role: 'admin' },
  });
  const [asSecond, asThird] = await Promise.all([second, third].map((id) => signedIn(house, id ?? '')));
  const take =
    (client: TestClient | undefined, connectionId: string, personId = '') =>
    () =>
      fromAnywhere(client as TestClient)(contract.grantProfileAccess, {
        params: { environmentId, connectionId },
        body: { personId },
      });
  const ended = await endings(async () => {
    const { id } = await addLake();
    return [take(asSecond, id, second), take(asThird, id, third)];
  });
  expect(ended).toEqual(new Set(['201 201']));
  // Who came first had it when the other one took it.
  expect(await house.db.notice.count({ where: { environmentId, kind: 'profiles.self-granted' } })).toBe(pairs);
});

it('records looks at the same time as one view, and deletes neither with the grant', async () => {
  const lakes: string[] = [];
  const reportId = newId();
  const looking = (connectionId: string) => async () => {
    await recordView(house.db, { connectionId, person: place.viewer, reportId, at: house.clock.now() });
    return { status: 200, text: '' };
  };
  const ended = await endings(async () => {
    const { id } = await addLake();
    await giveTo(id, [place.viewer.id]);
    lakes.push(id);
    return [looking(id), looking(id)];
  });
  expect(ended).toEqual(new Set(['200 200']));
  expect(await house.db.profileView.count({ where: { connectionId: { in: lakes } } })).toBe(pairs);
  const away = await endings(async () => {
    const id = lakes.pop() ?? '';
    return [looking(id), revoking(id, place.viewer.id)];
  });
  expect(away).toEqual(new Set(['200 204']));
});

it('keeps no more drafts than somebody may have', async () => {
  const row = { environmentId, personId: place.admin.id, type: 'fake', name: '', settings: {}, step: 'settings' };
  await house.db.connectionDraft.createMany({
    data: Array.from({ length: maximumConnectionDrafts }, () => ({ ...row, id: newId() })),
  });
  const begin = () =>
    asAdmin(contract.createConnectionDraft, {
      params: { environmentId },
      body: { type: 'fake', name: '', settings: {} },
    });
  expect(await endings(async () => [begin, begin])).toEqual(new Set(['201 201']));
  expect(await house.db.connectionDraft.count({ where: { environmentId } })).toBe(maximumConnectionDrafts);
});
