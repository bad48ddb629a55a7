import * as contract from '@junction/contracts';
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { aMe } from '../../testing/fixtures.ts';
import { watchLeaving } from '../../testing/leaving.ts';
import { type MockApi, mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { contosoId, entra, signInOptions } from '../../testing/sign-in-options.ts';

const demoAccounts = [
  { email: 'admin@contoso.example', name: 'Ada Admin', role: 'admin' as const },
  { email: 'viewer@contoso.example', name: 'Vera Viewer', role: 'viewer' as const },
];

const show = (
  address: string,
  options: Partial<contract.SignInOptions> = {},
): { api: MockApi; app: ReturnType<typeof renderApp> } => {
  const api = mockApi();
  api.on(contract.getSignInOptions, () => signInOptions({ mode: 'demo', demoAccounts, ...options }));
  return { api, app: renderApp(address) };
};

const password = () => screen.getByLabelText(/^Password/);

test('signs in and goes on to the page that was asked for', async () => {
  const { api, app } = show('/sign-in?return=%2Faccount');
  const { me } = signIn(api);
  api.on(contract.createSession, () => me);
  api.on(contract.listMySessions, () => ({ value: [] }));
  api.on(contract.listMyTokens, () => ({ value: [] }));
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
  api.on(contract.listMyTokens, () => ({ value: [] }));
  expect(await screen.findByRole('heading', { name: 'Account' })).toBeVisible();

  api.on(contract.listMySessions, () => refuse('unauthenticated'));
  await app.queryClient.invalidateQueries();
  expect(
    await screen.findByText('Your session ended. Sign in to go on; what you had typed is not kept.'),
  ).toBeVisible();
  expect(app.address()).toBe('/sign-in?return=%2Faccount%3Fx%3D1&ended');

  api.on(contract.listMySessions, () => ({ value: [] }));
  api.on(contract.listMyTokens, () => ({ value: [] }));
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

const production: Partial<contract.SignInOptions> = { mode: 'production', demoAccounts: [] };
const providerUrl = 'https://login.contoso.example/authorize?state=1';

describe('with identity providers', () => {
  test('leaves for the provider once, and names the page to come back to', async () => {
    const goneTo = watchLeaving();
    const { api, app } = show('/sign-in?return=%2Faccount', { ...production, providers: [entra] });
    let answer = (): void => undefined;
    api.on(contract.startSignIn, async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return { url: providerUrl };
    });
    await app.user.dblClick(await screen.findByRole('button', { name: 'Sign in with Microsoft Entra ID' }));
    const onTheWay = await screen.findByRole('button', { name: 'Going to Microsoft Entra ID …' });
    await app.user.click(onTheWay);
    answer();
    await waitFor(() => expect(goneTo).toEqual([providerUrl]));
    await app.user.click(onTheWay);
    expect(onTheWay).toHaveAttribute('aria-disabled', 'true');
    expect(goneTo).toHaveLength(1);
    expect(api.asked(contract.startSignIn).map(({ body }) => body)).toEqual([
      { providerId: 'entra', purpose: 'signIn', returnTo: '/account' },
    ]);
  });

  test('comes back from the provider to a page that works again', async () => {
    const goneTo = watchLeaving();
    const { api, app } = show('/sign-in', { ...production, providers: [entra] });
    api.on(contract.startSignIn, () => ({ url: providerUrl }));
    await app.user.click(await screen.findByRole('button', { name: 'Sign in with Microsoft Entra ID' }));
    await waitFor(() => expect(goneTo).toHaveLength(1));
    act(() => void window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await app.user.click(await screen.findByRole('button', { name: 'Sign in with Microsoft Entra ID' }));
    await waitFor(() => expect(goneTo).toHaveLength(2));
  });

  test('offers them above the password', async () => {
    show('/sign-in', { ...production, providers: [entra, contosoId] });
    const first = await screen.findByRole('button', { name: 'Sign in with Microsoft Entra ID' });
    const second = screen.getByRole('button', { name: 'Sign in with Contoso ID' });
    const divider = screen.getByText('or with a password');
    expect(first.compareDocumentPosition(second)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(second.compareDocumentPosition(divider)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(divider.compareDocumentPosition(password())).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  test('offers only them where passwords are switched off', async () => {
    show('/sign-in', { ...production, providers: [contosoId], localAccounts: false });
    await screen.findByRole('button', { name: 'Sign in with Contoso ID' });
    expect(screen.queryByLabelText(/^Password/)).toBeNull();
    expect(screen.queryByText('or with a password')).toBeNull();
  });

  test('says that the provider does not answer, and tries again', async () => {
    const goneTo = watchLeaving();
    const { api, app } = show('/sign-in', { ...production, providers: [entra] });
    const detail = 'Microsoft Entra ID does not answer. Try again in a moment.';
    api.on(contract.startSignIn, () => refuse('providerUnavailable', { detail }));
    await app.user.click(await screen.findByRole('button', { name: 'Sign in with Microsoft Entra ID' }));
    expect(await screen.findByText(new RegExp(detail))).toBeVisible();
    expect(screen.getByRole('button', { name: 'Sign in with Microsoft Entra ID' })).toBeEnabled();
    api.on(contract.startSignIn, () => ({ url: providerUrl }));
    await app.user.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(goneTo).toEqual([providerUrl]));
  });

  test('goes nowhere but to pages', async () => {
    const goneTo = watchLeaving();
    const { api, app } = show('/sign-in', { ...production, providers: [entra] });
    api.on(contract.startSignIn, () => ({ url: 'javascript:alert(1)' }));
    await app.user.click(await screen.findByRole('button', { name: 'Sign in with Microsoft Entra ID' }));
    expect(await screen.findByText(/The server answered in a way/)).toBeVisible();
    expect(goneTo).toEqual([]);
  });

  test('gives no page to come back to where none was asked for', async () => {
    const goneTo = watchLeaving();
    const { api, app } = show('/sign-in?return=https%3A%2F%2Fevil.example', { ...production, providers: [entra] });
    api.on(contract.startSignIn, () => ({ url: providerUrl }));
    await app.user.click(await screen.findByRole('button', { name: 'Sign in with Microsoft Entra ID' }));
    await waitFor(() => expect(goneTo).toHaveLength(1));
    expect(api.asked(contract.startSignIn)[0]?.body).toEqual({ providerId: 'entra', purpose: 'signIn', returnTo: '/' });
  });
});

test('without any way to sign in it says who can change that', async () => {
  show('/sign-in', { ...production, localAccounts: false });
  expect(await screen.findByText(/There is no way to sign in/)).toBeVisible();
});

test('until it is known how one can sign in, nothing is offered', async () => {
  const { api } = show('/sign-in', production);
  let answer = (): void => undefined;
  api.on(contract.getSignInOptions, async () => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return signInOptions({ ...production, localAccounts: false, providers: [contosoId] });
  });
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(screen.queryByLabelText(/^Password/)).toBeNull();
  answer();
  expect(await screen.findByRole('button', { name: 'Sign in with Contoso ID' })).toBeVisible();
});
