import { type Activity, activityKinds } from '@junction/contracts';
import { expect, test } from 'vitest';
import { anId, someTime } from '../testing/fixtures.ts';
import { activityWords, describeActivity } from './activity.ts';

const activity: Activity = {
  id: anId(),
  at: someTime,
  kind: 'member.updated',
  by: { id: anId(), name: 'Ada Admin' },
  token: null,
  subject: { type: 'member', id: anId(), name: 'Carl Contributor' },
  from: '127.0.0.1',
  before: { role: 'viewer', name: 'Carl', tags: ['a'] },
  after: { role: 'admin', name: 'Carl', tags: ['a', 'b'], since: someTime },
};

test('says who did what on what, from where', () => {
  expect(describeActivity(activity)).toMatchObject({
    what: 'Changed a member',
    who: 'Ada Admin',
    on: 'Carl Contributor',
    from: '127.0.0.1',
    isAlarming: false,
  });
});

test('names the token that it was done with', () => {
  expect(describeActivity({ ...activity, token: 'Nightly export' }).who).toBe(
    'Ada Admin with the token Nightly export',
  );
});

test('what nobody known did is Junction’s, and denials stand out', () => {
  const denied = describeActivity({
    ...activity,
    kind: 'access.denied',
    by: null,
    from: null,
    before: null,
    after: null,
  });
  expect(denied).toMatchObject({ who: 'Junction', from: 'The server', isAlarming: true });
});

test('every kind has words of its own', () => {
  expect(new Set(activityKinds.map((kind) => activityWords[kind])).size).toBe(activityKinds.length);
});
