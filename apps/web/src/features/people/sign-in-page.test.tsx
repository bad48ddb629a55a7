import * as contract from '@junction/contracts';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aMe } from '../../testing/fixtures.ts';
import { type MockApi, mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';

const demoAccounts = [
  { email: 'admin@contoso.example', name: 'Ada Admin', role: 'admin' as const },
  { email: 'viewer@contoso.example', name: 'Vera Viewer', role: 'viewer' as const },
];

const show = (
  address: string,
  options: Partial<contract.SignInOptions> = {},
): { api: MockApi; app: ReturnType<typeof renderApp> } => {
  const api = mockApi();
  api.on(
    contract.getSignInOptions,
    (): contract.SignInOptions => ({ mode: 'demo', demoAccounts, needsFirstAdmin: false, ...options }),
  );
  return { api, app: renderApp(address) };
};

const password = () => screen.getByLabelText(/^Password/);

test('signs in and goes on to the page that was asked for', async () => {
  const { api, app } = show('/sign-in?return=%2Faccount');
  const { me } = signIn(api);
  api.on(contract.createSession, () => me);
  api.on(contract.listMySessions, () => ({ value: [] }));
  await app.user.type(await screen.findByLabelText(/^E-mail/), ' Admin@Contoso.example');
  await app.user.type(password(), 'correct horse{Enter}');
  expect(await screen.findByRole('heading', { name: 'Account' })).toBeVisible();
  expect(api.asked(contract.createSession)[0]?.body).toEqual({
    email: 'admin@contoso.example',
    password: 'correct horse',
  });
  expect(app.address()).toBe('/account');
});

test('a page behind sign-in leads to sign-in and back', async () => {
  const { api, app } = show('/account?x=1');
  api.on(contract.getMe, () => refuse('unauthenticated'));
  api.on(contract.listEnvironments, () => refuse('unauthenticated'));
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(app.address()).toBe('/sign-in?return=%2Faccount%3Fx%3D1');
  expect(screen.queryByText(/Your session ended/)).toBeNull();
});

test('a session that ends says so, and leads back after signing in again', async () => {
  const { api, app } = show('/account?x=1');
  const { me } = signIn(api);
  api.on(contract.listMySessions, () => ({ value: [] }));
  expect(await screen.findByRole('heading', { name: 'Account' })).toBeVisible();

  api.on(contract.listMySessions, () => refuse('unauthenticated'));
  await app.queryClient.invalidateQueries();
  expect(
    await screen.findByText('Your session ended. Sign in to go on; what you had typed is not kept.'),
  ).toBeVisible();
  expect(app.address()).toBe('/sign-in?return=%2Faccount%3Fx%3D1&ended');

  api.on(contract.listMySessions, () => ({ value: [] }));
  api.on(contract.createSession, () => me);
  await app.user.type(await screen.findByLabelText(/^E-mail/), me.email);
  await app.user.type(password(), 'correct horse{Enter}');
  expect(await screen.findByRole('heading', { name: 'Account' })).toBeVisible();
  expect(app.address()).toBe('/account?x=1');
});

test('a sample account fills in its address and waits for the password', async () => {
  const { app } = show('/sign-in');
  await app.user.click(await screen.findByRole('button', { name: 'Viewer, viewer@contoso.example' }));
  expect(screen.getByLabelText(/^E-mail/)).toHaveValue('viewer@contoso.example');
  expect(password()).toHaveFocus();
  expect(screen.getByText('Their password is printed where Junction was started.')).toBeVisible();
});

test('outside demo mode there are no sample accounts', async () => {
  show('/sign-in', { mode: 'production', demoAccounts: [] });
  await screen.findByLabelText(/^E-mail/);
  expect(screen.queryByText('Sample accounts')).toBeNull();
});

test('before the first admin exists it says where the link is', async () => {
  show('/sign-in', { mode: 'production', demoAccounts: [], needsFirstAdmin: true });
  expect(await screen.findByText(/Open the one-time link that was printed/)).toBeVisible();
});

test('wrong credentials: says so, keeps the address, asks for the password again', async () => {
  const { api, app } = show('/sign-in');
  api.on(contract.createSession, () =>
    refuse('wrongCredentials', { detail: 'The e-mail address or the password is wrong.' }),
  );
  await app.user.type(await screen.findByLabelText(/^E-mail/), 'admin@contoso.example');
  await app.user.type(password(), 'wrong{Enter}');
  expect(await screen.findByText('The e-mail address or the password is wrong.')).toBeVisible();
  expect(screen.getByLabelText(/^E-mail/)).toHaveValue('admin@contoso.example');
  expect(password()).toHaveValue('');
  await waitFor(() => expect(password()).toHaveFocus());
});

test('too many attempts: says how long to wait', async () => {
  const { api, app } = show('/sign-in');
  api.on(contract.createSession, () => refuse('tooManyRequests', { retryAfterSeconds: 90 }));
  await app.user.type(await screen.findByLabelText(/^E-mail/), 'admin@contoso.example');
  await app.user.type(password(), 'wrong{Enter}');
  expect(await screen.findByText('Too many attempts. Try again in 90 seconds.')).toBeVisible();
});

test('asks for what is missing before it asks the server', async () => {
  const { api, app } = show('/sign-in');
  await app.user.type(await screen.findByLabelText(/^E-mail/), 'nobody');
  await app.user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('Enter an e-mail address such as name@contoso.com.')).toBeVisible();
  expect(await screen.findByText('Enter the password.')).toBeVisible();
  expect(api.asked(contract.createSession)).toHaveLength(0);
});

test('without a server it says so', async () => {
  const api = mockApi();
  api.setOffline(true);
  renderApp('/sign-in');
  expect(await screen.findByText(/Junction cannot be reached/)).toBeVisible();
});

test('nothing of an earlier session is left for who signs in next', async () => {
  const { api, app } = show('/sign-in');
  signIn(api, { me: { name: 'First Person', theme: 'dark' } });
  app.queryClient.setQueryData(['GET /me'], aMe({ name: 'Somebody Else' }));
  api.on(contract.createSession, () => aMe({ name: 'First Person', theme: 'dark' }));
  api.on(contract.getConnectionSummary, () => ({ total: 0, byType: {}, byStatus: {} }));
  await app.user.type(await screen.findByLabelText(/^E-mail/), 'admin@contoso.example');
  await app.user.type(password(), 'correct horse{Enter}');
  expect(await screen.findByRole('button', { name: 'Account of First Person' })).toBeVisible();
  await waitFor(() => expect(document.documentElement.style.colorScheme).toBe('dark'));
});
