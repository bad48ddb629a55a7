import * as contract from '@junction/contracts';
import { render, screen, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { createMemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { App } from '../../app/app.tsx';
import { makeRoutes } from '../../app/routes.tsx';
import { makeQueryClient } from '../../lib/query-client.ts';
import { aMe } from '../../testing/fixtures.ts';
import { watchLeaving } from '../../testing/leaving.ts';
import { type MockApi, mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { entra, signInOptions } from '../../testing/sign-in-options.ts';
import { type Attempt, lastAttempt } from './sign-in-attempt.ts';

const response = 'code=a-code-of-one-use&state=a-state';
const path = '/sign-in/callback';

let goneTo: string[];
beforeEach(() => {
  goneTo = watchLeaving();
});

afterEach(() => {
  window.history.replaceState(null, '', '/');
  sessionStorage.clear();
});

const begin = (attempt: Attempt | null, search = `?${response}`): { api: MockApi; me: contract.Me } => {
  window.history.replaceState(null, '', path + search);
  if (attempt) lastAttempt.set(attempt);
  const api = mockApi();
  const { me } = signIn(api);
  api.on(contract.getSignInOptions, () => signInOptions({ providers: [entra] }));
  api.on(contract.listMySessions, () => ({ value: [] }));
  api.on(contract.listMyTokens, () => ({ value: [] }));
  api.on(contract.startSignIn, () => ({ url: 'https://login.contoso.example/authorize' }));
  return { api, me };
};

const signingIn: Attempt = { providerId: 'entra', purpose: 'signIn', returnTo: '/account' };
const connecting: Attempt = { providerId: 'entra', purpose: 'connect', returnTo: '/account' };

const show = (attempt: Attempt | null = signingIn, search?: string) => {
  const begun = begin(attempt, search);
  return { ...begun, app: renderApp(path) };
};

test('takes what the provider sent out of the address, hands it in and goes on to the page that was asked for', async () => {
  const { api, me, app } = show();
  api.on(contract.completeSignIn, () => ({ me, returnTo: '/account', purpose: 'signIn' as const }));
  expect(await screen.findByRole('heading', { name: 'Account' })).toBeVisible();
  expect(window.location.search).toBe('');
  expect(api.asked(contract.completeSignIn).map(({ body }) => body)).toEqual([{ response }]);
  expect(app.address()).toBe('/account');
  expect(screen.queryByText(/^Connected to/)).toBeNull();
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('a-code');
  expect(lastAttempt.get()).toBeNull();
});

test.each(['https://evil.example', '//evil.example', '/sign-in/callback', null])(
  'goes home instead of to %s',
  async (returnTo) => {
    const { api, me } = show();
    api.on(contract.getConnectionSummary, () => ({ total: 0, byType: {}, byStatus: {} }));
    api.on(contract.completeSignIn, () => ({ me, returnTo, purpose: 'signIn' as const }));
    expect(await screen.findByRole('heading', { name: 'Contoso' })).toBeVisible();
  },
);

test('hands it in once, also where effects run twice', async () => {
  const { api, me } = begin(signingIn);
  api.on(contract.completeSignIn, () => ({ me, returnTo: '/account', purpose: 'signIn' as const }));
  const queryClient = makeQueryClient();
  const router = createMemoryRouter(makeRoutes(queryClient), { initialEntries: [path] });
  render(
    <StrictMode>
      <App router={router} queryClient={queryClient} />
    </StrictMode>,
  );
  expect(await screen.findByRole('heading', { name: 'Account' })).toBeVisible();
  expect(api.asked(contract.completeSignIn)).toHaveLength(1);
});

test('says that it is under way', async () => {
  const { api } = show();
  api.on(contract.completeSignIn, () => new Promise<never>(() => undefined));
  expect(await screen.findByRole('heading', { name: 'Signing you in …' })).toBeVisible();
  expect(screen.getByRole('progressbar')).toBeVisible();
  expect(document.title).toBe('Signing you in … · Junction');
});

test('connects an account, and goes back to it', async () => {
  const { api, app } = show(connecting);
  const identity = { provider: 'Microsoft Entra ID', email: 'ada@contoso.example' };
  api.on(contract.completeSignIn, () => ({ me: aMe({ identity }), returnTo: null, purpose: 'connect' as const }));
  expect(await screen.findByText('Connected to Microsoft Entra ID.')).toBeVisible();
  expect(await screen.findByText('ada@contoso.example')).toBeVisible();
  expect(app.address()).toBe('/account');
});

test('a reload or Back has nothing to hand in, and says so', async () => {
  const { api, app } = show(signingIn, '');
  const title = await screen.findByRole('heading', { name: 'Nothing to complete here' });
  await waitFor(() => expect(title).toHaveFocus());
  expect(api.asked(contract.completeSignIn)).toHaveLength(0);
  await app.user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(goneTo).toEqual(['https://login.contoso.example/authorize']));
  expect(api.asked(contract.startSignIn)[0]?.body).toEqual(signingIn);
});

test('where it is not known what was begun, trying again begins at the sign-in page', async () => {
  const { app } = show(null, '');
  await app.user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('button', { name: 'Sign in with Microsoft Entra ID' })).toBeVisible();
  expect(goneTo).toEqual([]);
});

test.each([
  ['signInRefused', 'You were not let in', /If you canceled, just try again/],
  ['signInRejected', 'The sign-in was not accepted', /by the time and the reference/],
  ['signInExpired', 'The sign-in is no longer valid', null],
  ['identityIncomplete', 'The identity provider does not say who you are', null],
  ['providerUnavailable', 'The identity provider does not answer', null],
  ['tooManyRequests', 'Signing in did not work', /Too many attempts/],
  ['internal', 'Signing in did not work', null],
] as const)('%s: says what happened, and begins anew', async (code, title, remedy) => {
  const { api, app } = show();
  api.on(contract.completeSignIn, () => refuse(code, { detail: 'What the server says about it.' }));
  const heading = await screen.findByRole('heading', { name: title });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(document.title).toBe(`${title} · Junction`);
  expect(screen.getByRole('alert')).toHaveTextContent('What the server says about it.');
  if (remedy !== null) expect(screen.getByRole('alert')).toHaveTextContent(remedy);
  await app.user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(goneTo).toHaveLength(1));
  expect(api.asked(contract.completeSignIn)).toHaveLength(1);
  expect(api.asked(contract.startSignIn)[0]?.body).toEqual(signingIn);
});

test('an answer that was not accepted gives the operator a time and a reference', async () => {
  const { api } = show();
  api.on(contract.completeSignIn, () => refuse('signInRejected', { traceId: 'trace-77' }));
  expect(await screen.findByText('trace-77')).toBeVisible();
  expect(screen.getByText('Time')).toBeVisible();
});

test.each([
  'Sign in with your password, then connect it to Contoso ID under Account.',
  'It is connected to another identity.',
])('who finds an account with their address reads only what the server says: %s', async (detail) => {
  const { api, app } = show();
  api.on(contract.completeSignIn, () => refuse('accountExists', { detail }));
  expect(await screen.findByRole('heading', { name: 'There is an account with this address already' })).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent(new RegExp(`^${detail}$`));
  await app.user.click(screen.getByRole('button', { name: 'Go to sign in' }));
  expect(await screen.findByLabelText(/^Password/)).toBeVisible();
  expect(app.address()).toBe('/sign-in?return=%2Faccount');
});

test('who could not connect gets back to their account', async () => {
  const { api, app } = show(connecting);
  api.on(contract.completeSignIn, () => refuse('identityTaken'));
  expect(await screen.findByRole('heading', { name: 'Somebody else signs in with this identity' })).toBeVisible();
  await app.user.click(screen.getByRole('button', { name: 'Back to your account' }));
  expect(await screen.findByRole('heading', { name: 'Account' })).toBeVisible();
});

test('who was signed out while connecting signs in first', async () => {
  const { api, app } = show(connecting);
  api.on(contract.completeSignIn, () => refuse('unauthenticated'));
  expect(await screen.findByRole('heading', { name: 'Your session ended' })).toBeVisible();
  expect(app.address()).toBe(path);
});

test('what did not reach the server is handed in again', async () => {
  const { api, me, app } = show();
  api.on(contract.completeSignIn, () => 'offline');
  expect(await screen.findByRole('heading', { name: 'Junction cannot be reached' })).toBeVisible();
  api.on(contract.completeSignIn, () => ({ me, returnTo: '/account', purpose: 'signIn' as const }));
  await app.user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Account' })).toBeVisible();
});

test('when trying again does not work either, it says why', async () => {
  const { api, app } = show();
  api.on(contract.completeSignIn, () => refuse('signInExpired'));
  api.on(contract.startSignIn, () => refuse('providerUnavailable', { detail: 'It does not answer.' }));
  await app.user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/It does not answer\./)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
});
