import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aMember, anEnvironment } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';

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
