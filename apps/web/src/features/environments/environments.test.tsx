import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { aMember, anEnvironment } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { signInOptions } from '../../testing/sign-in-options.ts';

const start = () => {
  const api = mockApi();
  const { environment, me } = signIn(api);
  const other = aMember({ name: 'Berta Backup', role: 'admin' });
  api.on(contract.listMembers, () => ({
    value: [aMember({ id: environment.owner.id, name: environment.owner.name, role: 'admin', isOwner: true }), other],
  }));
  api.on(contract.getConnectionSummary, () => ({ total: 0, byType: {}, byStatus: {} }));
  api.on(contract.listNoticeHooks, () => ({ value: [] }));
  return { api, environment, me, other };
};

test('lists the environments with one’s role in each', async () => {
  start();
  renderApp('/environments');
  const row = await screen.findByRole('row', { name: /Contoso/ });
  expect(within(row).getByText('Admin')).toBeVisible();
  expect(within(row).getByText('Olga Owner')).toBeVisible();
});

test('creates an environment and goes there', async () => {
  const { api } = start();
  const made = anEnvironment({ name: 'Playground', type: 'sandbox' });
  api.on(contract.createEnvironment, () => made);
  const app = renderApp('/environments/new');
  await app.user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Playground');
  await app.user.click(screen.getByRole('radio', { name: /Sandbox/ }));
  await app.user.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByRole('heading', { name: 'Playground' })).toBeVisible();
  expect(api.asked(contract.createEnvironment)[0]?.body).toEqual({ name: 'Playground', type: 'sandbox' });
  expect(app.address()).toBe(`/e/${made.id}`);
});

test('a name that is taken is said at the field', async () => {
  const { api } = start();
  const errors = [{ field: 'name', code: 'nameTaken', message: 'Another environment has this name.' }];
  api.on(contract.createEnvironment, () => refuse('nameTaken', { errors }));
  const app = renderApp('/environments/new');
  await app.user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Contoso');
  await app.user.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('Another environment has this name.')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveFocus();
});

test('renames the environment, in the header too', async () => {
  const { api, environment } = start();
  api.on(contract.updateEnvironment, ({ body }) => ({ ...environment, name: body.name ?? '' }));
  const app = renderApp(`/e/${environment.id}/settings`);
  const name = await screen.findByRole('textbox', { name: /^Name/ });
  await app.user.clear(name);
  await app.user.type(name, 'Contoso Europe');
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('button', { name: 'Environment: Contoso Europe' })).toBeVisible();
  expect(api.asked(contract.updateEnvironment)[0]).toMatchObject({ body: { name: 'Contoso Europe' } });
});

test('hands the environment to another admin, after asking', async () => {
  const { api, environment, other } = start();
  api.on(contract.updateEnvironment, () => ({ ...environment, owner: { id: other.id, name: other.name } }));
  const app = renderApp(`/e/${environment.id}/settings`);
  await app.user.click(await screen.findByRole('combobox', { name: /Hand over to/ }));
  await app.user.click(await screen.findByRole('option', { name: 'Berta Backup' }));
  await app.user.click(screen.getByRole('button', { name: 'Hand over …' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Hand Contoso to Berta Backup?' });
  await app.user.click(within(dialog).getByRole('button', { name: 'Hand over' }));
  expect(await screen.findByText('Berta Backup owns Contoso now.')).toBeVisible();
  expect(api.asked(contract.updateEnvironment)[0]?.body).toEqual({ ownerId: other.id });
  expect(api.asked(contract.updateEnvironment)[0]?.headers.get('if-match')).toBe(environment.etag);
});

test('deletes the environment only after its name was typed', async () => {
  const { api, environment } = start();
  api.on(contract.deleteEnvironment, () => undefined);
  const app = renderApp(`/e/${environment.id}/settings/delete`);
  const dialog = await screen.findByRole('alertdialog', { name: 'Delete Contoso?' });
  const button = within(dialog).getByRole('button', { name: 'Delete' });
  expect(button).toBeDisabled();
  await app.user.type(within(dialog).getByLabelText('Type “Contoso” to confirm'), 'Contoso');
  api.on(contract.listEnvironments, () => ({ value: [] }));
  await app.user.click(button);
  expect(await screen.findByRole('heading', { name: 'You belong to no environment' })).toBeVisible();
  expect(api.asked(contract.deleteEnvironment)[0]?.query).toEqual({ confirmName: 'Contoso' });
  await waitFor(() => expect(app.address()).toBe('/environments'));
});

describe('who belongs to no environment', () => {
  const identity = { provider: 'Microsoft Entra ID', email: 'nora@contoso.example' };
  const nowhere = (me: Partial<contract.Me>) => {
    const api = mockApi();
    const { environment } = signIn(api, { me: { canCreateEnvironments: false, email: 'nora@contoso.example', ...me } });
    api.on(contract.listEnvironments, () => ({ value: [] }));
    api.on(contract.getConnectionSummary, () => ({ total: 0, byType: {}, byStatus: {} }));
    return { api, environment, app: renderApp('/') };
  };

  test('is told who they are and who can let them in', async () => {
    nowhere({ identity });
    expect(await screen.findByRole('heading', { name: 'You belong to no environment' })).toBeVisible();
    expect(screen.getByText('nora@contoso.example')).toBeVisible();
    expect(screen.getByText(/An admin has to add you .* your groups at Microsoft Entra ID/)).toBeVisible();
  });

  test('hears of groups only with an identity provider', async () => {
    nowhere({ identity: null });
    expect(await screen.findByText(/An admin has to add you as a member first\.$/)).toBeVisible();
  });

  test('checks again, and is in once somebody added them', async () => {
    const { api, environment, app } = nowhere({});
    await app.user.click(await screen.findByRole('button', { name: 'Check again' }));
    expect(await screen.findByText('You still belong to no environment.')).toBeVisible();
    api.on(contract.listEnvironments, () => ({ value: [environment] }));
    await app.user.click(screen.getByRole('button', { name: 'Check again' }));
    expect(await screen.findByRole('heading', { name: 'Contoso' })).toBeVisible();
  });

  test('is told when checking does not work', async () => {
    const { api, app } = nowhere({});
    const button = await screen.findByRole('button', { name: 'Check again' });
    api.on(contract.listEnvironments, () => refuse('internal', { detail: 'Something went wrong.' }));
    await app.user.click(button);
    expect(await screen.findByText('Something went wrong.')).toBeVisible();
  });

  test('signs out', async () => {
    const { api, app } = nowhere({});
    api.on(contract.getSignInOptions, () => signInOptions());
    api.on(contract.deleteSession, () => ({ providerUrl: null }));
    await app.user.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
  });
});
