import * as contract from '@junction/contracts';
import { screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { aMe, someTime } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';

const token = 'one-time-token-0123456789';

const show = (link: Partial<contract.OneTimeLinkView>, hash = `#${token}`) => {
  window.history.replaceState(null, '', `/welcome${hash}`);
  const api = mockApi();
  api.on(
    contract.inspectOneTimeLink,
    (): contract.OneTimeLinkView => ({
      purpose: 'newMember',
      setsPassword: true,
      email: 'new@contoso.example',
      name: null,
      expiresAt: someTime,
      ...link,
    }),
  );
  signIn(api);
  api.on(contract.redeemOneTimeLink, () => aMe());
  api.on(contract.getConnectionSummary, () => ({ total: 0, byType: {}, byStatus: {} }));
  return { api, app: renderApp('/welcome') };
};

afterEach(() => window.history.replaceState(null, '', '/'));

test('takes the token out of the address at once and stores it nowhere', async () => {
  const { api } = show({});
  await screen.findByRole('heading', { name: 'Welcome to Junction' });
  expect(window.location.hash).toBe('');
  expect(api.asked(contract.inspectOneTimeLink)[0]?.body).toEqual({ token });
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(token);
});

test('a link that is opened in the same tab takes the place of one that was cut off', async () => {
  const { api } = show({}, '');
  await screen.findByRole('heading', { name: 'The link is not complete' });
  window.location.hash = token;
  expect(await screen.findByRole('heading', { name: 'Welcome to Junction' })).toBeVisible();
  expect(window.location.hash).toBe('');
  expect(api.asked(contract.inspectOneTimeLink).map(({ body }) => body)).toEqual([{ token }]);
});

test('a new member gives a name and a password, and is in', async () => {
  const { api, app } = show({});
  await app.user.type(await screen.findByLabelText(/^Your name/), 'Nora New');
  await app.user.type(screen.getByLabelText(/^Password/), 'a long enough password{Enter}');
  expect(await screen.findByRole('heading', { name: 'Contoso' })).toBeVisible();
  expect(api.asked(contract.redeemOneTimeLink)[0]?.body).toEqual({
    token,
    name: 'Nora New',
    password: 'a long enough password',
  });
});

test('the first admin also brings an address and names the environment', async () => {
  const { api, app } = show({ purpose: 'firstAdmin', email: null });
  expect(await screen.findByRole('heading', { name: 'Create the first admin' })).toBeVisible();
  await app.user.type(screen.getByLabelText(/^E-mail/), 'Boss@Contoso.example');
  await app.user.type(screen.getByLabelText(/^Your name/), 'Bea Boss');
  await app.user.type(screen.getByLabelText(/^Name of the first environment/), 'Contoso');
  await app.user.type(screen.getByLabelText(/^Password/), 'a long enough password{Enter}');
  await screen.findByRole('heading', { name: 'Contoso' });
  expect(api.asked(contract.redeemOneTimeLink)[0]?.body).toEqual({
    token,
    email: 'boss@contoso.example',
    name: 'Bea Boss',
    environmentName: 'Contoso',
    password: 'a long enough password',
  });
});

test('a new password is all that a reset asks for', async () => {
  const { app } = show({ purpose: 'passwordReset', name: 'Ada Admin' });
  expect(await screen.findByLabelText(/^New password/)).toBeVisible();
  expect(screen.queryByLabelText(/^Your name/)).toBeNull();
  await app.user.type(screen.getByLabelText(/^New password/), 'short{Enter}');
  expect(await screen.findByText('A password has at least 12 characters.')).toBeVisible();
});

test('a used link says whom to ask', async () => {
  const { api } = show({});
  api.on(contract.inspectOneTimeLink, () => refuse('linkUsed', { detail: 'The link was used already.' }));
  expect(await screen.findByText('The link was used already.')).toBeVisible();
  expect(screen.getByText(/An admin of your environment can make a new one/)).toBeVisible();
});

test('an address without a token says that something is missing', async () => {
  show({}, '');
  expect(await screen.findByRole('heading', { name: 'The link is not complete' })).toBeVisible();
});

test('where passwords are switched off, the first admin gives none', async () => {
  const { api, app } = show({ purpose: 'firstAdmin', email: null, setsPassword: false });
  await app.user.type(await screen.findByLabelText(/^E-mail/), 'boss@contoso.example');
  await app.user.type(screen.getByLabelText(/^Your name/), 'Bea Boss');
  await app.user.type(screen.getByLabelText(/^Name of the first environment/), 'Contoso');
  expect(screen.queryByLabelText(/^Password/)).toBeNull();
  await app.user.click(screen.getByRole('button', { name: 'Create account and sign in' }));
  await screen.findByRole('heading', { name: 'Contoso' });
  expect(api.asked(contract.redeemOneTimeLink)[0]?.body).toEqual({
    token,
    email: 'boss@contoso.example',
    name: 'Bea Boss',
    environmentName: 'Contoso',
  });
});

test('emergency access says what it does before it signs in', async () => {
  const { api, app } = show({
    purpose: 'breakGlass',
    setsPassword: false,
    name: 'Ada Admin',
    email: 'admin@contoso.example',
  });
  expect(await screen.findByRole('heading', { name: 'Emergency access' })).toBeVisible();
  expect(screen.getByText('For admin@contoso.example.')).toBeVisible();
  expect(await screen.findByText(/makes you an admin of every environment.* is recorded/)).toBeVisible();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(api.asked(contract.redeemOneTimeLink)).toHaveLength(0);
  await app.user.click(screen.getByRole('button', { name: 'Sign in as Ada Admin' }));
  await screen.findByRole('heading', { name: 'Contoso' });
  expect(api.asked(contract.redeemOneTimeLink)[0]?.body).toEqual({ token });
});

test('a refusal while signing in is said above the button', async () => {
  const { api, app } = show({ purpose: 'breakGlass', setsPassword: false, name: 'Ada Admin' });
  api.on(contract.redeemOneTimeLink, () => refuse('linkUsed', { detail: 'The link was used already.' }));
  await app.user.click(await screen.findByRole('button', { name: 'Sign in as Ada Admin' }));
  expect(await screen.findByText('The link was used already.')).toBeVisible();
});
