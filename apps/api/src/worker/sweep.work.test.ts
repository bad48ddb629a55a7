import { connectionDraftDays, profileViewDays } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { hashToken, newToken } from '../platform/tokens.ts';
import { makeConnection } from '../testing/connections.ts';
import { makeEnvironment, makePerson } from '../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { sweep } from './sweep.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const hoursAgo = (hours: number) => new Date(house.clock.now().getTime() - hours * 3_600_000);
const aToken = () => hashToken(newToken());

describe('sweeping', () => {
  it('removes what has expired, however much it is, and leaves the rest', async () => {
    const { id: personId } = await makePerson(house);
    const session = { personId, address: '', client: '' };
    const [fresh, long] = [hoursAgo(-1), hoursAgo(0)];
    const alive = { ...session, id: newId(), tokenHash: aToken(), expiresAt: fresh, lastSeenAt: long };
    const expired = Array.from({ length: 1_100 }, () => ({
      ...session,
      id: newId(),
      tokenHash: aToken(),
      expiresAt: hoursAgo(1),
      lastSeenAt: long,
    }));
    const idle = { ...session, id: newId(), tokenHash: aToken(), expiresAt: fresh, lastSeenAt: hoursAgo(13) };
    await house.db.session.createMany({ data: [alive, idle, ...expired] });
    const link = { personId, purpose: 'setPassword' };
    const open = { ...link, id: newId(), tokenHash: aToken(), expiresAt: fresh };
    await house.db.oneTimeLink.createMany({
      data: [
        open,
        { ...link, id: newId(), tokenHash: aToken(), expiresAt: fresh, usedAt: hoursAgo(1) },
        { ...link, id: newId(), tokenHash: aToken(), expiresAt: hoursAgo(1) },
      ],
    });
    const attempt = { providerId: 'oidc', createdAt: hoursAgo(1) };
    const underWay = { ...attempt, id: newId(), tokenHash: aToken(), expiresAt: fresh, usedAt: hoursAgo(1) };
    await house.db.signInAttempt.createMany({
      data: [underWay, { ...attempt, id: newId(), tokenHash: aToken(), expiresAt: hoursAgo(1) }],
    });
    const request = { personId, fingerprint: aToken() };
    await house.db.idempotentRequest.createMany({
      data: [
        { ...request, key: 'today', createdAt: hoursAgo(23) },
        { ...request, key: 'yesterday', createdAt: hoursAgo(25) },
      ],
    });

    const place = await makeEnvironment(house);
    const { id: connectionId } = await makeConnection(house, place.environment.id);
    const view = {
      connectionId,
      personId,
      personName: 'Pat',
      reportId: newId(),
      firstAt: hoursAgo(24 * 401),
      requests: 1,
    };
    const draft = {
      environmentId: place.environment.id,
      personId,
      type: 'fake',
      name: '',
      settings: {},
      step: 'settings',
    };
    const recent = { view: newId(), draft: newId() };
    await house.db.profileView.createMany({
      data: [
        { ...view, id: recent.view, lastAt: hoursAgo(24 * profileViewDays - 1) },
        { ...view, id: newId(), lastAt: hoursAgo(24 * profileViewDays + 1) },
      ],
    });
    await house.db.connectionDraft.createMany({
      data: [
        { ...draft, id: recent.draft, updatedAt: hoursAgo(24 * connectionDraftDays - 1) },
        { ...draft, id: newId(), updatedAt: hoursAgo(24 * connectionDraftDays + 1) },
      ],
    });

    await sweep(house, new AbortController().signal);

    expect((await house.db.session.findMany({ where: { personId } })).map(({ id }) => id)).toEqual([alive.id]);
    expect((await house.db.oneTimeLink.findMany()).map(({ id }) => id)).toEqual([open.id]);
    expect((await house.db.signInAttempt.findMany()).map(({ id }) => id)).toEqual([underWay.id]);
    expect((await house.db.idempotentRequest.findMany()).map(({ key }) => key)).toEqual(['today']);
    expect((await house.db.profileView.findMany()).map(({ id }) => id)).toEqual([recent.view]);
    expect((await house.db.connectionDraft.findMany()).map(({ id }) => id)).toEqual([recent.draft]);
  });
});
