import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { watchLeaving } from '../../testing/leaving.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { entra, signInOptions } from '../../testing/sign-in-options.ts';

const identity = { provider: 'Microsoft Entra ID', email: 'ada@contoso.example' };

const show = async (
  me: Partial<contract.Me>,
  options: Partial<contract.SignInOptions> = { providers: [entra] },
  address = '/account',
) => {
  const api = mockApi();
  const signedIn = signIn(api, { me });
  api.on(contract.listMySessions, () => ({ value: [] }));
  api.on(contract.listMyTokens, () => ({ value: [] }));
  api.on(contract.getSignInOptions, () => signInOptions(options));
  const app = renderApp(address);
  const card = await screen.findByRole('region', { name: 'Sign-in', hidden: true });
  return { api, app, card, ...signedIn };
};

test('connects the account to a provider', async () => {
  const goneTo = watchLeaving();
  const { api, app, card } = await show({});
  api.on(contract.startSignIn, () => ({ url: 'https://login.contoso.example/authorize' }));
  await app.user.click(await within(card).findByRole('button', { name: 'Connect Microsoft Entra ID' }));
  await waitFor(() => expect(goneTo).toEqual(['https://login.contoso.example/authorize']));
  expect(api.asked(contract.startSignIn)[0]?.body).toEqual({
    providerId: 'entra',
    purpose: 'connect',
    returnTo: '/account',
  });
});

test('says in place that the provider does not answer', async () => {
  const { api, app, card } = await show({});
  api.on(contract.startSignIn, () => refuse('providerUnavailable', { detail: 'It does not answer.' }));
  await app.user.click(await within(card).findByRole('button', { name: 'Connect Microsoft Entra ID' }));
  expect(await within(card).findByText(/It does not answer\./)).toBeVisible();
  expect(within(card).getByRole('button', { name: 'Retry' })).toBeVisible();
});

test('disconnects after asking', async () => {
  const { api, app, card, me } = await show({ identity });
  api.on(contract.deleteMyIdentity, () => undefined);
  expect(await within(card).findByText('ada@contoso.example')).toBeVisible();
  expect(within(card).getByLabelText(/^Current password/)).toBeVisible();
  await app.user.click(within(card).getByRole('button', { name: 'Disconnect …' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Disconnect Microsoft Entra ID?' });
  expect(api.asked(contract.deleteMyIdentity)).toHaveLength(0);
  api.on(contract.getMe, () => ({ ...me, identity: null }));
  await app.user.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
  expect(await screen.findByText('Disconnected from Microsoft Entra ID.')).toBeVisible();
  expect(await within(card).findByRole('button', { name: 'Connect Microsoft Entra ID' })).toBeVisible();
  expect(app.address()).toBe('/account');
});

test('a refusal to disconnect stays in the dialog', async () => {
  const { api, app } = await show({ identity }, undefined, '/account/disconnect');
  api.on(contract.deleteMyIdentity, () => refuse('onlyWayIn', { detail: 'You have no other way to sign in.' }));
  await app.user.click(await screen.findByRole('button', { name: 'Disconnect' }));
  expect(await screen.findByText('You have no other way to sign in.')).toBeInTheDocument();
  expect(app.address()).toBe('/account/disconnect');
});

test.each([
  ['without a password', { hasPassword: false }, {}, /You have no password/],
  ['where passwords are switched off', { hasPassword: true }, { localAccounts: false }, /Passwords are switched off/],
])('%s the only way in stays, and there is no password to change', async (_, me, options, why) => {
  const { card } = await show({ identity, ...me }, { providers: [entra], ...options });
  expect(await within(card).findByText(/It is your only way to sign in/)).toBeVisible();
  expect(within(card).getByText(why)).toBeVisible();
  expect(within(card).queryByRole('button', { name: 'Disconnect …' })).toBeNull();
  expect(within(card).queryByLabelText(/^Current password/)).toBeNull();
});

test('without providers there is only the password', async () => {
  const { card } = await show({}, {});
  expect(await within(card).findByLabelText(/^Current password/)).toBeVisible();
  expect(within(card).queryByText('Identity provider')).toBeNull();
});

test('what cannot be loaded is said in its card, and read again', async () => {
  const api = mockApi();
  signIn(api);
  api.on(contract.listMySessions, () => ({ value: [] }));
  api.on(contract.listMyTokens, () => ({ value: [] }));
  api.on(contract.getSignInOptions, () => refuse('internal', { detail: 'Something went wrong.' }));
  const app = renderApp('/account');
  expect(await screen.findByRole('heading', { name: 'How you sign in could not be loaded' })).toBeVisible();
  api.on(contract.getSignInOptions, () => signInOptions());
  await app.user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await screen.findByLabelText(/^Current password/)).toBeVisible();
});
