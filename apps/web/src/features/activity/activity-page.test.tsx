import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aMember, anId, someTime } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';

const anActivity = (changes: Partial<contract.Activity> = {}): contract.Activity => ({
  id: anId(),
  at: someTime,
  kind: 'member.updated',
  by: { id: anId(), name: 'Olga Owner' },
  token: null,
  subject: { type: 'member', id: anId(), name: 'Carl Contributor' },
  from: '192.0.2.7',
  before: { role: 'viewer' },
  after: { role: 'contributor' },
  ...changes,
});

const aConnection = (id: string): contract.Connection => ({
  id,
  environmentId: anId(),
  name: 'Contoso lake',
  type: 'adls-gen2',
  settings: {},
  secrets: {},
  sharing: { sharedWith: 'admins', people: [] },
  readsEntities: false,
  isPaused: false,
  status: 'healthy',
  lastCheckedAt: null,
  nextCheckAt: null,
  credentialExpiresAt: null,
  usedBy: 0,
  profiles: null,
  consent: { by: { id: anId(), name: 'Olga Owner' }, at: someTime, textVersion: '2026-11' },
  createdBy: { id: anId(), name: 'Olga Owner' },
  createdAt: someTime,
  updatedAt: someTime,
  etag: '"1"',
});

const denied = anActivity({
  kind: 'access.denied',
  subject: { type: 'member', id: null, name: 'Members' },
  before: null,
  after: null,
});

const show = (search = '', entries = [anActivity(), denied]) => {
  const api = mockApi();
  const { environment } = signIn(api);
  const person = aMember({ name: 'Olga Owner' });
  api.on(contract.listMembers, () => ({ value: [person] }));
  api.on(contract.listActivity, () => ({ value: entries }));
  return { api, entries, person, app: renderApp(`/e/${environment.id}/activity${search}`) };
};

test('says who did what on what, and from where', async () => {
  show();
  const row = await screen.findByRole('row', { name: /Changed a member/ });
  for (const text of ['Olga Owner', 'Carl Contributor', '192.0.2.7']) expect(within(row).getByText(text)).toBeVisible();
  expect(screen.getByRole('row', { name: /Was denied access/ })).toBeVisible();
});

test('an entry opens with what was changed, and its address can be shared', async () => {
  const { app, entries } = show();
  await app.user.click(await screen.findByRole('button', { name: 'Changed a member' }));
  expect(app.address()).toContain(`entry=${entries[0]?.id}`);
  const panel = await screen.findByRole('dialog', { name: 'Changed a member' });
  const change = within(panel).getByRole('row', { name: /Role/ });
  expect(change).toHaveTextContent('Viewer');
  expect(change).toHaveTextContent('Contributor');
  await app.user.click(within(panel).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(app.address()).not.toContain('entry=');
});

test('a removal can be undone from its entry, while that is possible', async () => {
  const id = anId();
  const removal = anActivity({
    kind: 'connection.deleted',
    subject: { type: 'connection', id, name: 'Contoso lake' },
    after: { inactivated: Array.from({ length: 40 }, (_, index) => `export-${index}`) },
  });
  const { app, api } = show(`?entry=${removal.id}`, [removal]);
  api.on(contract.getRemovedConnection, () => ({
    id,
    name: 'Contoso lake',
    type: 'adls-gen2',
    removedAt: someTime,
    removedBy: { id: anId(), name: 'Olga Owner' },
    restorableUntil: someTime,
    exports: 40,
  }));
  api.on(contract.restoreConnection, () => {
    api.on(contract.getRemovedConnection, () => refuse('notFound'));
    return {
      connection: aConnection(id),
      reattached: { count: 1, value: [{ id: anId(), name: 'Weekly' }] },
      left: { count: 0, value: [] },
      withSource: 0,
    };
  });
  const panel = await screen.findByRole('dialog', { name: 'Removed a connection' });
  expect(within(panel).getByRole('row', { name: 'Became inactive Not set 40 exports' })).toBeInTheDocument();
  await app.user.click(await within(panel).findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Contoso lake is back. 1 export is connected again: Weekly.')).toBeInTheDocument();
  await waitFor(() => expect(within(panel).queryByRole('button', { name: 'Undo' })).toBeNull());
  // What is back is not asked for, and the focus stays in the pane.
  expect(api.asked(contract.getRemovedConnection)).toHaveLength(1);
  expect(panel).toContainElement(document.activeElement as HTMLElement);
});

test('a removal that is final offers nothing', async () => {
  const removal = anActivity({
    kind: 'connection.deleted',
    subject: { type: 'connection', id: anId(), name: 'Contoso lake' },
  });
  const { api } = show(`?entry=${removal.id}`, [removal]);
  api.on(contract.getRemovedConnection, () => refuse('notFound'));
  const panel = await screen.findByRole('dialog', { name: 'Removed a connection' });
  await waitFor(() => expect(api.asked(contract.getRemovedConnection)).toHaveLength(1));
  expect(within(panel).queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('reads kind, person and time from the address', async () => {
  const person = anId();
  const { api } = show(`?kind=access.denied,session.refused&by=${person}&span=week`);
  await screen.findByRole('row', { name: /Changed a member/ });
  expect(api.asked(contract.listActivity)[0]?.query.filter).toMatch(
    new RegExp(`^kind in \\('access.denied','session.refused'\\) and byId in \\('${person}'\\) and at ge '\\d{4}-`),
  );
});

test.each([
  ['Filter by kind', 'Was denied access', 'kind', 'access.denied'],
  ['Filter by time', 'Last 7 days', 'span', 'week'],
])('%s: %s', async (filter, option, name, value) => {
  const { api, app } = show();
  await app.user.click(await screen.findByRole('combobox', { name: filter }));
  await app.user.click(await screen.findByRole('option', { name: option }));
  await waitFor(() => expect(new URLSearchParams(app.router.state.location.search).get(name)).toBe(value));
  await waitFor(() => expect(api.asked(contract.listActivity)).toHaveLength(2));
});

test('offers the members as the people to filter by', async () => {
  const { app, person } = show();
  await screen.findByRole('row', { name: /Changed a member/ });
  await app.user.click(await screen.findByRole('combobox', { name: 'Filter by person' }));
  await app.user.click(await screen.findByRole('option', { name: 'Olga Owner' }));
  await waitFor(() => expect(new URLSearchParams(app.router.state.location.search).get('by')).toBe(person.id));
});

test('filters that leave nothing can be cleared', async () => {
  const { app, api } = show('?kind=connection.created&span=day', []);
  await app.user.click(await screen.findByRole('button', { name: 'Clear search and filters' }));
  await waitFor(() => expect(api.asked(contract.listActivity).at(-1)?.query.filter).toBeUndefined());
  expect(await screen.findByText('Nothing happened yet')).toBeVisible();
});
