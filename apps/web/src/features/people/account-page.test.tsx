import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { anId, someTime } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { signInOptions } from '../../testing/sign-in-options.ts';

const aSession = (changes: Partial<contract.MySession> = {}): contract.MySession => ({
  id: anId(),
  current: false,
  createdAt: someTime,
  lastSeenAt: someTime,
  expiresAt: someTime,
  address: '127.0.0.1',
  client: 'Firefox on Linux',
  etag: '"session-1"',
  ...changes,
});

const show = async () => {
  const api = mockApi();
  const { me } = signIn(api);
  const sessions = [aSession({ current: true, client: 'Chrome on Windows' }), aSession()];
  api.on(contract.listMySessions, () => ({ value: sessions }));
  api.on(contract.listMyTokens, () => ({ value: [] }));
  api.on(contract.getSignInOptions, () => signInOptions());
  const app = renderApp('/account');
  await screen.findByRole('heading', { name: 'Account' });
  await screen.findByText('Firefox on Linux');
  await screen.findByLabelText(/^Current password/);
  return { api, me, sessions, app };
};

test('saves name and says so', async () => {
  const { api, me, app } = await show();
  api.on(contract.updateMe, ({ body }) => ({ ...me, ...body, etag: '"me-2"' }));
  const name = screen.getByLabelText(/^Name/);
  await app.user.clear(name);
  await app.user.type(name, 'Ada Lovelace');
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Account saved.')).toBeVisible();
  expect(api.asked(contract.updateMe)[0]).toMatchObject({ body: { name: 'Ada Lovelace', theme: 'system' } });
  expect(api.asked(contract.updateMe)[0]?.headers.get('if-match')).toBe('"me-1"');
  expect(screen.getByRole('button', { name: 'Account of Ada Lovelace' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('a change made elsewhere in the meantime keeps what was typed', async () => {
  const { api, me, app } = await show();
  api.on(contract.updateMe, () => refuse('preconditionFailed', { detail: 'Somebody changed this in the meantime.' }));
  await app.user.type(screen.getByLabelText(/^Name/), ' B');
  api.on(contract.getMe, () => ({ ...me, etag: '"me-9"' }));
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Somebody changed this in the meantime.')).toBeVisible();
  expect(screen.getByLabelText(/^Name/)).toHaveValue('Ada Admin B');
  api.on(contract.updateMe, ({ body }) => ({ ...me, ...body }));
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Account saved.');
  expect(api.asked(contract.updateMe)[1]?.headers.get('if-match')).toBe('"me-9"');
});

test('changes the password', async () => {
  const { api, app } = await show();
  api.on(contract.changePassword, () => undefined);
  await app.user.type(screen.getByLabelText(/^Current password/), 'old');
  await app.user.type(screen.getByLabelText(/^New password/), 'a long enough password');
  await app.user.click(screen.getByRole('button', { name: 'Change password' }));
  expect(await screen.findByText('Password changed. Your other sessions have ended.')).toBeVisible();
  expect(screen.getByLabelText(/^Current password/)).toHaveValue('');
  expect(api.asked(contract.listMySessions).length).toBeGreaterThan(1);
});

test('a wrong current password is said at its field, and does not sign out', async () => {
  const { api, app } = await show();
  api.on(contract.changePassword, () => refuse('wrongCredentials'));
  await app.user.type(screen.getByLabelText(/^Current password/), 'wrong');
  await app.user.type(screen.getByLabelText(/^New password/), 'a long enough password');
  await app.user.click(screen.getByRole('button', { name: 'Change password' }));
  expect(await screen.findByText('This is not your current password.')).toBeVisible();
  expect(app.address()).toBe('/account');
});

test('ends another session after asking; one’s own has no such button', async () => {
  const { api, sessions, app } = await show();
  api.on(contract.deleteMySession, () => undefined);
  expect(screen.queryByRole('button', { name: 'Actions for Chrome on Windows' })).toBeNull();
  await app.user.click(screen.getByRole('button', { name: 'Actions for Firefox on Linux' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'End session' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'End this session?' });
  await app.user.click(within(dialog).getByRole('button', { name: 'End session' }));
  expect(await screen.findByText('The session in Firefox on Linux has ended.')).toBeVisible();
  expect(api.asked(contract.deleteMySession)[0]?.params).toEqual({ sessionId: sessions[1]?.id });
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
});

test('the theme menu changes the theme at once, and puts it back when that fails', async () => {
  const { api, me, app } = await show();
  const choose = async (theme: string) => {
    await app.user.click(screen.getByRole('button', { name: 'Theme' }));
    await app.user.click(await screen.findByRole('menuitemcheckbox', { name: theme }));
  };
  api.on(contract.updateMe, ({ body }) => ({ ...me, ...body }));
  await choose('Dark');
  await waitFor(() => expect(document.documentElement.style.colorScheme).toBe('dark'));
  api.on(contract.updateMe, () => refuse('internal', { detail: 'Something went wrong.' }));
  await choose('Light');
  expect(await screen.findByText('Something went wrong.')).toBeVisible();
  expect(document.documentElement.style.colorScheme).toBe('dark');
});
