import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { anEnvironment, anId } from '../../testing/fixtures.ts';
import { watchLeaving } from '../../testing/leaving.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { signInOptions } from '../../testing/sign-in-options.ts';

const start = (role: contract.Role = 'admin') => {
  const api = mockApi();
  const signedIn = signIn(api, { environment: { role }, me: { canCreateEnvironments: role === 'admin' } });
  api.on(contract.getConnectionSummary, () => ({ total: 0, byType: {}, byStatus: {} }));
  api.on(contract.getSignInOptions, () => signInOptions());
  api.on(contract.listMembers, () => ({ value: [] }));
  return { api, ...signedIn };
};

const placesShown = async () =>
  within(await screen.findByRole('navigation', { name: 'Main' }))
    .getAllByRole('link')
    .map((link) => link.textContent);

test.each([
  ['admin', ['Home', 'Status', 'Connections', 'Exports', 'Members', 'Activity', 'Settings']],
  ['contributor', ['Home', 'Status', 'Exports']],
  ['viewer', ['Home', 'Status', 'Exports']],
] as const)('the navigation shows what the role %s opens', async (role, places) => {
  const { environment } = start(role);
  renderApp(`/e/${environment.id}`);
  expect(await placesShown()).toEqual(places);
});

test('a page that the role does not open says so, and asks the server nothing', async () => {
  const { api, environment } = start('viewer');
  renderApp(`/e/${environment.id}/members`);
  expect(await screen.findByRole('heading', { name: 'No access' })).toBeVisible();
  expect(api.asked(contract.listMembers)).toHaveLength(0);
});

test('an address that leads nowhere says so, with the navigation in place', async () => {
  const { environment } = start();
  renderApp(`/e/${environment.id}/nothing`);
  expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
  expect(screen.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('an environment that is not one’s own looks like one that does not exist', async () => {
  start();
  renderApp(`/e/${anId()}/members`);
  expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
});

test('the start goes to the environment used last, else the first', async () => {
  const { api, environment } = start();
  const other = anEnvironment({ name: 'Fabrikam' });
  api.on(contract.listEnvironments, () => ({ value: [environment, other] }));
  api.on(contract.getEnvironment, ({ params }) => (params.environmentId === other.id ? other : environment));
  localStorage.setItem('junction.environment', other.id);
  const app = renderApp('/');
  await screen.findByRole('heading', { name: 'Fabrikam' });
  expect(app.address()).toBe(`/e/${other.id}`);
});

test('an environment of last time that is gone gives way to the first', async () => {
  const { environment } = start();
  localStorage.setItem('junction.environment', anId());
  const app = renderApp('/');
  await screen.findByRole('heading', { name: 'Contoso' });
  expect(app.address()).toBe(`/e/${environment.id}`);
});

test('who belongs to no environment is told what to do', async () => {
  const { api } = start('viewer');
  api.on(contract.listEnvironments, () => ({ value: [] }));
  renderApp('/');
  expect(await screen.findByRole('heading', { name: 'You belong to no environment' })).toBeVisible();
  expect(screen.getByText(/An admin has to add you as a member/)).toBeVisible();
});

test('the switcher searches, and goes to the same page in the other environment', async () => {
  const { api, environment } = start();
  const other = anEnvironment({ name: 'Fabrikam', type: 'sandbox' });
  api.on(contract.listEnvironments, ({ query }) => ({ value: query.search ? [other] : [environment, other] }));
  api.on(contract.getEnvironment, ({ params }) => (params.environmentId === other.id ? other : environment));
  const app = renderApp(`/e/${environment.id}/members`);
  await app.user.click(await screen.findByRole('button', { name: 'Environment: Contoso' }));
  const callout = await screen.findByRole('dialog', { name: 'Environments' });
  await app.user.type(within(callout).getByRole('searchbox'), 'fab');
  await waitFor(() => expect(within(callout).queryByRole('link', { name: /Contoso/ })).toBeNull());
  await app.user.click(within(callout).getByRole('link', { name: /Fabrikam/ }));
  expect(await screen.findByRole('button', { name: 'Environment: Fabrikam' })).toBeVisible();
  expect(app.address()).toBe(`/e/${other.id}/members`);
});

test('only who may create environments is offered to', async () => {
  const { environment } = start('viewer');
  const app = renderApp(`/e/${environment.id}`);
  await app.user.click(await screen.findByRole('button', { name: 'Environment: Contoso' }));
  await screen.findByRole('link', { name: 'All environments' });
  expect(screen.queryByRole('link', { name: 'New environment' })).toBeNull();
});

test('a session that ends anywhere leads to sign-in, and back to the page', async () => {
  const { api, environment } = start();
  const app = renderApp(`/e/${environment.id}/members?search=x`);
  await screen.findByRole('heading', { name: 'Members' });
  api.on(contract.listMembers, () => refuse('unauthenticated'));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Refresh' }));
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(new URLSearchParams(app.router.state.location.search).get('return')).toBe(
    `/e/${environment.id}/members?search=x`,
  );
  await waitFor(() => expect(app.queryClient.getQueryData(['GET /me'])).toBeUndefined());
});

test('a server out of reach is said in the header, and everything is read again when it is back', async () => {
  const { api, environment } = start();
  const app = renderApp(`/e/${environment.id}/members`);
  await screen.findByRole('heading', { name: 'No people' });
  api.setOffline(true);
  await app.user.click(await screen.findByRole('menuitem', { name: 'Refresh' }));
  expect(await screen.findByText(/^Offline/)).toBeVisible();
  api.setOffline(false);
  const before = api.asked(contract.listMembers).length;
  await waitFor(() => expect(screen.queryByText(/^Offline/)).toBeNull(), { timeout: 8000 });
  await waitFor(() => expect(api.asked(contract.listMembers).length).toBeGreaterThan(before));
});

const endSession = 'https://login.contoso.example/logout?post_logout_redirect_uri=x';

test.each([
  ['here only', null, []],
  ['at the identity provider too, where the session came from one', endSession, [endSession]],
])('signs out: %s', async (_, providerUrl, left) => {
  const goneTo = watchLeaving();
  const { api, environment } = start();
  api.on(contract.deleteSession, () => ({ providerUrl }));
  const app = renderApp(`/e/${environment.id}`);
  await app.user.click(await screen.findByRole('button', { name: 'Account of Ada Admin' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
  await waitFor(() => expect(app.queryClient.getQueryData(['GET /me'])).toBeUndefined());
  await waitFor(() => expect(goneTo).toEqual(left));
});

test('keys: ? lists them, g m goes to Members, / searches; typing sets nothing off', async () => {
  const { environment } = start();
  const app = renderApp(`/e/${environment.id}`);
  await screen.findByRole('heading', { name: 'Contoso' });
  await app.user.keyboard('?');
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeInTheDocument();
  await app.user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await app.user.keyboard('gm');
  expect(await screen.findByRole('heading', { name: 'Members' })).toBeVisible();
  await app.user.keyboard('/');
  const search = screen.getByRole('searchbox', { name: 'Search members' });
  expect(search).toHaveFocus();
  await app.user.keyboard('?gh');
  expect(search).toHaveValue('?gh');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('keys can be turned off', async () => {
  const { environment } = start();
  const app = renderApp(`/e/${environment.id}`);
  await screen.findByRole('heading', { name: 'Contoso' });
  await app.user.keyboard('?');
  await app.user.click(await screen.findByRole('switch', { name: /Single-key shortcuts/ }));
  await app.user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await app.user.keyboard('?');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('skips to the content', async () => {
  const { environment } = start();
  const app = renderApp(`/e/${environment.id}`);
  await app.user.click(await screen.findByRole('button', { name: 'Skip to content' }));
  expect(screen.getByRole('main')).toHaveFocus();
});

test('the document is called after the page', async () => {
  const { environment } = start();
  renderApp(`/e/${environment.id}/members`);
  await screen.findByRole('heading', { name: 'Members' });
  await waitFor(() => expect(document.title).toBe('Members · Junction'));
});
