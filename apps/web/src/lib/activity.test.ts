import { type Activity, activityKinds } from '@junction/contracts';
import { expect, test } from 'vitest';
import { anId, someTime } from '../testing/fixtures.ts';
import { activityWords, describeActivity } from './activity.ts';

const activity: Activity = {
  id: anId(),
  at: someTime,
  kind: 'member.updated',
  by: { id: anId(), name: 'Ada Admin' },
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

test('names only what is different', () => {
  expect(describeActivity(activity).changes).toEqual([
    { field: 'role', before: 'viewer', after: 'admin' },
    { field: 'tags', before: 'a', after: 'a, b' },
    { field: 'since', before: undefined, after: someTime },
  ]);
});

test('of a long list it says how long it is and the first few', () => {
  const ids = Array.from({ length: 1200 }, (_, index) => `id-${index}`);
  const entry = describeActivity({
    ...activity,
    before: { exports: ids, people: [] },
    after: { exports: [...ids.slice(0, 1199), 'other'], people: [{ id: anId(), name: 'Carl' }] },
  });
  expect(entry.changes).toEqual([
    { field: 'exports', before: '1,200: id-0, id-1, id-2, …', after: '1,200: id-0, id-1, id-2, …' },
    { field: 'people', before: 'None', after: 'Carl' },
  ]);
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
  expect(denied).toMatchObject({ who: 'Junction', from: 'The server', isAlarming: true, changes: [] });
});

test('every kind has words of its own', () => {
  expect(new Set(activityKinds.map((kind) => activityWords[kind])).size).toBe(activityKinds.length);
});
