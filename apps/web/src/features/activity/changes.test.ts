import type { Activity } from '@junction/contracts';
import { expect, test } from 'vitest';
import { anId, someTime } from '../../testing/fixtures.ts';
import { changesOf } from './changes.ts';

const viewer = { timeZone: 'UTC', locale: 'en-GB' };
const changes = (before: Activity['before'], after: Activity['after'], kind: Activity['kind'] = 'connection.deleted') =>
  changesOf(
    {
      id: anId(),
      at: someTime,
      kind,
      by: null,
      token: null,
      subject: { type: 'connection', id: anId(), name: 'Contoso lake' },
      from: null,
      before,
      after,
    },
    viewer,
  );
const lines = (before: Activity['before'], after: Activity['after']) =>
  changes(before, after).map(({ field, before: was, after: is }) => `${field}: ${was ?? '-'} → ${is ?? '-'}`);

test('names only what is different; a field that nobody knows keeps its name', () => {
  expect(
    changes({ role: 'viewer', name: 'Carl', tags: ['a'] }, { role: 'admin', name: 'Carl', tags: ['a', 'b'], n: 1200 }),
  ).toEqual([
    { field: 'Role', before: 'Viewer', after: 'Admin' },
    { field: 'tags', before: 'a', after: 'a, b' },
    { field: 'n', before: undefined, after: '1,200' },
  ]);
});

test('of a long list it says how long it is and the first few', () => {
  const ids = Array.from({ length: 1200 }, (_, index) => `id-${index}`);
  expect(lines({ ids: [], people: [] }, { ids, people: [{ id: anId(), name: 'Carl' }] })).toEqual([
    'ids: None → 1,200: id-0, id-1, id-2, …',
    'people: None → Carl',
  ]);
});

test('says in words what a removal did, and leaves out what it did not', () => {
  const before = {
    name: 'Contoso lake',
    type: 'adls-gen2',
    sharedWith: 'namedContributors',
    sharedWithPeople: ['Carl'],
    isPaused: false,
    secretsSet: ['accountKey'],
    'settings.container': 'exports',
  };
  const after = {
    inactivated: 0,
    moved: 2,
    movedTo: 'Archive',
    withoutSource: 0,
    exportIds: [anId(), anId()],
    restorableUntil: '2026-12-21T09:00:00.000Z',
  };
  expect(lines(before, after)).toEqual([
    'Name: Contoso lake → -',
    'Type: Azure Data Lake Storage Gen2 → -',
    'Shared with: Admins and people by name → -',
    'Shared by name with: Carl → -',
    'Checks paused: No → -',
    'Secrets set: accountKey → -',
    'Setting container: exports → -',
    'Moved: - → 2 exports',
    'Moved to: - → Archive',
    'Exports concerned: - → 2 exports',
    'Can be restored until: - → 21 December 2026 at 09:00:00 UTC',
  ]);
  expect(
    lines(null, { inactivated: 0, moved: 0, withoutSource: 0, exportIds: [], reattached: 0, left: 0, withSource: 0 }),
  ).toEqual([]);
  expect(lines(null, { withSource: 2 })).toEqual(['Have their source again: - → 2 exports']);
});

test('says schedules, formats and sharing as the pages do', () => {
  const off = { isOn: false, plan: null };
  const daily = { isOn: true, plan: { type: 'daily', times: ['08:00'], timeZone: 'UTC' } };
  const csv = { type: 'csv', delimiter: '\t', hasHeader: true };
  expect(
    lines(
      { schedule: off, format: csv, sharedWith: 'admins', connection: 'Lake' },
      { schedule: daily, format: { type: 'parquet' }, sharedWith: 'adminsAndContributors', connection: null },
    ),
  ).toEqual([
    expect.stringMatching(/^Schedule: Off → Daily at 08:00/),
    'Format: CSV, delimiter “tab”, with a header → Parquet',
    'Shared with: Admins → Admins and contributors',
    'Connection: Lake → -',
  ]);
});

test('tells pausing the runs of an environment from pausing the checks of a connection', () => {
  const fieldOf = (kind: Activity['kind']) => changes({ isPaused: false }, { isPaused: true }, kind);
  expect(fieldOf('environment.updated')).toEqual([{ field: 'Runs paused', before: 'No', after: 'Yes' }]);
  expect(fieldOf('connection.updated')).toEqual([{ field: 'Checks paused', before: 'No', after: 'Yes' }]);
});

test('says what a webhook wants to know as its form does', () => {
  expect(lines({ kinds: ['export.failing'] }, { kinds: ['export.failing', 'connection.secret-expires'] })).toEqual([
    'Notices: An export began to fail → An export began to fail, A credential ends soon',
  ]);
});

test('says which columns profile data is imported from, and how often', () => {
  expect(
    lines({ mapping: { birthDate: 'Born', gender: 'Sex' }, everyHours: 6 }, { mapping: {}, everyHours: 24 }),
  ).toEqual(['Columns: Gender: Sex, Birth date: Born → None', 'Hours between imports: 6 → 24']);
});

test('says where roles come from, and what tokens and service accounts are', () => {
  const byGroup = { role: 'viewer', roleFrom: 'groups', groupName: 'Data team' };
  expect(lines({ role: 'admin', roleFrom: 'hand', groupName: null }, byGroup)).toEqual([
    'Role: Admin → Viewer',
    'Role from: By hand → Groups',
    'Group: - → Data team',
  ]);
  const token = { scope: ['export:list'], serviceAccount: { id: anId(), name: 'Nightly loads' } };
  expect(changes(null, token, 'token.created')).toEqual([
    { field: 'It may', before: undefined, after: 'List exports' },
    { field: 'Service account', before: undefined, after: 'Nightly loads' },
  ]);
});
