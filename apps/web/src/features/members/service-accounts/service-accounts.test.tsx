import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { anEnvironment, aServiceAccount, someTime } from '../../../testing/fixtures.ts';
import { mockApi, refuse } from '../../../testing/mock-api.ts';
import { renderApp, signIn } from '../../../testing/render-app.tsx';
import { aToken, inDays } from '../../../testing/tokens.ts';

const show = (below = '', accounts = [aServiceAccount()], tokens: contract.ApiToken[] = []) => {
  const api = mockApi();
  const { environment } = signIn(api);
  const saved = [...accounts];
  const savedTokens = [...tokens];
  api.on(contract.listServiceAccounts, () => ({ value: saved }));
  api.on(contract.listServiceAccountTokens, () => ({ value: savedTokens }));
  const app = renderApp(`/e/${environment.id}/members/service-accounts${below}`);
  return { api, environment, saved, savedTokens, app };
};

test('lists the accounts with their roles, tokens, last use and what ends soon', async () => {
  show('', [
    aServiceAccount({ tokenCount: 3, lastUsedAt: someTime, nextExpiryAt: inDays(5) }),
    aServiceAccount({ name: 'Reports', role: 'viewer' }),
  ]);
  const grid = within(await screen.findByRole('grid', { name: 'Service accounts' }));
  const loads = within(await grid.findByRole('row', { name: /Nightly loads/ }));
  expect(loads.getByText('Contributor')).toBeVisible();
  expect(loads.getByText('3')).toBeVisible();
  expect(loads.getByText('Expires in 5 days')).toBeVisible();
  const reports = within(grid.getByRole('row', { name: /Reports/ }));
  expect(reports.getByText('Never')).toBeVisible();
  expect(reports.getByText('None')).toBeVisible();
});

test('finds accounts by a part of their name', async () => {
  const { app } = show('', [aServiceAccount(), aServiceAccount({ name: 'Reports' })]);
  await app.user.type(await screen.findByRole('searchbox', { name: 'Search service accounts' }), 'REP{Enter}');
  await waitFor(() => expect(screen.queryByRole('row', { name: /Nightly loads/ })).toBeNull());
  expect(screen.getByRole('row', { name: /Reports/ })).toBeVisible();
});

test('says what they are for while there is none, makes the first and leads to its tokens', async () => {
  const { api, app, environment, saved } = show('', []);
  api.on(contract.createServiceAccount, ({ body }) => {
    const account = aServiceAccount({ ...body });
    saved.push(account);
    return account;
  });
  expect(await screen.findByText(/stands for a program/)).toBeVisible();
  await app.user.click(screen.getByRole('button', { name: 'Add service account' }));
  const panel = within(await screen.findByRole('dialog', { name: 'Add service account' }));
  // Nothing to choose for who administers no other environment.
  expect(panel.queryByRole('radio', { name: /another environment/ })).toBeNull();
  await app.user.click(panel.getByRole('button', { name: 'Add' }));
  expect(await panel.findByText('Enter a name.')).toBeInTheDocument();
  await app.user.type(panel.getByRole('textbox', { name: /^Name/ }), ' Nightly loads ');
  await app.user.click(panel.getByRole('radio', { name: /Contributor/ }));
  await app.user.click(panel.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('Nightly loads was added. Make a token for it next.')).toBeVisible();
  expect(api.asked(contract.createServiceAccount)[0]?.body).toEqual({ name: 'Nightly loads', role: 'contributor' });
  await waitFor(() => expect(app.address()).toBe(`/e/${environment.id}/members/service-accounts/${saved[0]?.id}`));
  expect(await screen.findByRole('heading', { name: 'No tokens' })).toBeInTheDocument();
});

test('takes one of another environment, where one is an admin', async () => {
  const { api, app, environment } = show('', []);
  const other = anEnvironment({ name: 'Sandbox' });
  const watched = anEnvironment({ name: 'Only watched', role: 'viewer' });
  const loader = aServiceAccount({ name: 'Loader' });
  const foreign = aServiceAccount({ name: 'Foreign', isYours: false });
  api.on(contract.listEnvironments, () => ({ value: [environment, other, watched] }));
  api.on(contract.listServiceAccounts, ({ params }) => ({
    value: params.environmentId === other.id ? [loader, foreign] : [],
  }));
  api.on(contract.createServiceAccount, () => loader);
  await app.router.navigate(`/e/${environment.id}/members/service-accounts/new`);
  const panel = within(await screen.findByRole('dialog', { name: 'Add service account' }));
  await app.queryClient.invalidateQueries();
  await app.user.click(await panel.findByRole('radio', { name: /One of another environment/ }));
  await app.user.click(panel.getByRole('combobox', { name: /^Environment/ }));
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual(['Sandbox']);
  await app.user.click(screen.getByRole('option', { name: 'Sandbox' }));
  const account = await panel.findByRole('combobox', { name: /^Service account of that environment/ });
  await waitFor(() => expect(account).not.toHaveAttribute('aria-disabled', 'true'));
  await app.user.click(account);
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual(['Loader']);
  await app.user.click(screen.getByRole('option', { name: 'Loader' }));
  await app.user.click(panel.getByRole('button', { name: 'Add' }));
  await waitFor(() =>
    expect(api.asked(contract.createServiceAccount)[0]?.body).toEqual({ serviceAccountId: loader.id, role: 'viewer' }),
  );
});

test('changes the name and the role, only what was changed, of the version that was seen', async () => {
  const account = aServiceAccount();
  const { api, app, environment } = show(`/${account.id}`, [account]);
  api.on(contract.updateServiceAccount, ({ body }) => ({ ...account, ...body }));
  await app.user.click(await screen.findByRole('button', { name: 'Edit' }));
  const name = await screen.findByRole('textbox', { name: /^Name/ });
  await app.user.clear(name);
  await app.user.type(name, 'Loads');
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Loads was saved.')).toBeVisible();
  expect(api.asked(contract.updateServiceAccount)[0]?.body).toEqual({ name: 'Loads' });
  expect(api.asked(contract.updateServiceAccount)[0]?.headers.get('if-match')).toBe(account.etag);
  // Back to where it was opened from.
  expect(app.address()).toBe(`/e/${environment.id}/members/service-accounts/${account.id}`);
});

test('a conflict is said and the next save counts', async () => {
  const account = aServiceAccount();
  const { api, app, saved } = show(`/${account.id}/edit`, [account]);
  api.on(contract.updateServiceAccount, () => refuse('preconditionFailed', { detail: 'Somebody changed it.' }));
  const name = await screen.findByRole('textbox', { name: /^Name/ });
  await app.user.type(name, '!');
  saved[0] = { ...account, role: 'admin', etag: '"service-account-2"' };
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Somebody changed it.')).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole('radio', { name: /Admin/ })).toBeChecked());
  api.on(contract.updateServiceAccount, ({ body }) => ({ ...account, ...body }));
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(api.asked(contract.updateServiceAccount).at(-1)?.headers.get('if-match')).toBe('"service-account-2"'),
  );
  expect(api.asked(contract.updateServiceAccount).at(-1)?.body).toEqual({ name: 'Nightly loads!' });
});

test('removes an account after saying that its tokens stop and what it made stays', async () => {
  const { api, app, environment, saved } = show();
  api.on(contract.deleteServiceAccount, () => void saved.splice(0));
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Nightly loads' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  const dialog = within(await screen.findByRole('alertdialog', { name: 'Remove Nightly loads?' }));
  expect(dialog.getByText(/tokens stop working in Contoso at once/)).toBeInTheDocument();
  expect(dialog.getByText(/Exports that it made stay/)).toBeInTheDocument();
  await app.user.click(dialog.getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('Nightly loads was removed.')).toBeVisible();
  expect(api.asked(contract.deleteServiceAccount)[0]?.headers.get('if-match')).toBe('"service-account-1"');
  expect(app.address()).toBe(`/e/${environment.id}/members/service-accounts`);
});

test('makes a token, shown once, and lists it', async () => {
  const account = aServiceAccount();
  const { api, app, savedTokens } = show(`/${account.id}`, [account]);
  const secret = `jct_${'x'.repeat(43)}`;
  api.on(contract.createServiceAccountToken, ({ body }) => {
    const token = aToken({ name: body.name, scope: body.scope });
    savedTokens.push(token);
    return { ...token, token: secret };
  });
  await app.user.click(await screen.findByRole('button', { name: 'New token' }));
  const panel = await screen.findByRole('dialog', { name: 'New token' });
  expect(within(panel).getByText('Acts as Nightly loads.')).toBeInTheDocument();
  await app.user.type(within(panel).getByRole('textbox', { name: /^Name/ }), 'Loader');
  await app.user.click(within(panel).getByRole('radio', { name: /Run exports/ }));
  await app.user.click(within(panel).getByRole('button', { name: 'Make token' }));
  const shown = within(await screen.findByRole('dialog', { name: 'Copy the token now' }));
  expect(shown.getByRole('textbox', { name: 'Token' })).toHaveValue(secret);
  await app.user.click(shown.getByRole('button', { name: 'Copy token' }));
  await app.user.click(shown.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(document.body.innerHTML).not.toContain(secret));
  const grid = await screen.findByRole('grid', { name: 'Tokens of Nightly loads' });
  expect(await within(grid).findByText('Loader')).toBeInTheDocument();
  const cached = [...app.queryClient.getQueryCache().getAll(), ...app.queryClient.getMutationCache().getAll()];
  expect(JSON.stringify(cached.map(({ state }) => state))).not.toContain(secret);
  expect(api.asked(contract.createServiceAccountToken)[0]?.params.serviceAccountId).toBe(account.id);
});

test('revokes a token after asking; that somebody else was faster is no error', async () => {
  const account = aServiceAccount({ tokenCount: 1 });
  const token = aToken();
  const { api, app, savedTokens } = show(`/${account.id}/tokens/${token.id}`, [account], [token]);
  api.on(contract.deleteServiceAccountToken, () => {
    savedTokens.splice(0);
    return refuse('notFound');
  });
  const details = within(await screen.findByRole('dialog', { name: 'Nightly report' }));
  await app.user.click(details.getByRole('button', { name: 'Revoke …' }));
  const dialog = within(await screen.findByRole('alertdialog', { name: 'Revoke Nightly report?' }));
  await app.user.click(dialog.getByRole('button', { name: 'Revoke' }));
  expect(await screen.findByText('Nightly report was revoked.')).toBeInTheDocument();
  expect(await screen.findByRole('heading', { name: 'No tokens' })).toBeInTheDocument();
});

test('of an account that is also elsewhere it says why nothing can be changed, and what can', async () => {
  const account = aServiceAccount({ isYours: false, tokenCount: 1 });
  const { app, environment } = show(`/${account.id}`, [account], [aToken()]);
  expect(await screen.findByText(/environments that you do not administer\. .* revoke its tokens/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Edit' })).toHaveAttribute('aria-disabled', 'true');
  expect(await screen.findByRole('button', { name: 'New token' })).toHaveAttribute('aria-disabled', 'true');
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Nightly report' }));
  expect(await screen.findByRole('menuitem', { name: 'Revoke' })).not.toHaveAttribute('aria-disabled', 'true');
  await app.user.keyboard('{Escape}');
  await app.user.click(screen.getByRole('button', { name: 'Remove …' }));
  expect(await screen.findByRole('alertdialog', { name: 'Remove Nightly loads?' })).toBeInTheDocument();
  await app.router.navigate(`/e/${environment.id}/members/service-accounts/${account.id}/edit`);
  expect(await screen.findByRole('textbox', { name: /^Name/ })).toBeDisabled();
});

test('an account that is gone is said to be', async () => {
  show(`/${aServiceAccount().id}`);
  expect(await screen.findByRole('heading', { name: 'This service account is gone' })).toBeInTheDocument();
});
