import * as contract from '@junction/contracts';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { anId } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { aRun } from '../../testing/runs.ts';
import { anAttention, aStatus, groupOf } from '../../testing/status.ts';

const noExports: contract.ExportSummary = {
  total: 0,
  byStatus: {},
  byType: {},
  byConnection: [],
  withoutConnection: 0,
};

const show = (role: contract.Role, summary: contract.ConnectionSummary, exports = noExports) => {
  const api = mockApi();
  const { environment } = signIn(api, { environment: { role } });
  api.on(contract.getStatus, () => aStatus());
  api.on(contract.getConnectionSummary, () => summary);
  api.on(contract.getExportSummary, () => exports);
  api.on(contract.listConnectionOptions, () => ({
    value: [{ id: anId(), name: 'Lake', type: 'adls-gen2', health: 'healthy' as const }],
  }));
  return { api, environment, app: renderApp(`/e/${environment.id}`) };
};

const none = { total: 0, byType: {}, byStatus: {} };

test.each(contract.roles)('a %s sees how the exports are, each state a link to them', async (role) => {
  const exports = { ...noExports, total: 1007, byStatus: { successful: 1005, inactive: 2 } };
  const { environment } = show(role, none, exports);
  expect(await screen.findByRole('link', { name: /Inactive/ })).toHaveAttribute(
    'href',
    `/e/${environment.id}/exports?status=inactive`,
  );
  expect(screen.getByRole('link', { name: /Successful/ })).toHaveTextContent('1,005');
  expect(screen.queryByRole('link', { name: /Failed/ })).toBeNull();
  expect(screen.getByRole('link', { name: 'All exports' })).toHaveAttribute('href', `/e/${environment.id}/exports`);
});

test.each(contract.roles)('a %s sees in a line how it stands, which leads to the page that says more', async (role) => {
  const { api, app, environment } = show(role, none);
  const line = await screen.findByRole('link', { name: /^Everything runs/ });
  expect(line).toHaveAttribute('href', `/e/${environment.id}/status`);
  api.on(contract.getStatus, () =>
    aStatus({ attention: groupOf([anAttention(), anAttention()]), running: groupOf([aRun()]) }),
  );
  await app.queryClient.invalidateQueries();
  expect(await screen.findByRole('link', { name: /^2 need somebody · 1 running/ })).toBeVisible();
});

test('the way to the status is there even where it cannot be read', async () => {
  const { api, app, environment } = show('viewer', none);
  await screen.findByRole('link', { name: /^Everything runs/ });
  api.on(contract.getStatus, () => refuse('internal'));
  await app.queryClient.resetQueries();
  expect(await screen.findByRole('link', { name: /^What needs somebody/ })).toHaveAttribute(
    'href',
    `/e/${environment.id}/status`,
  );
});

test('a contributor is led to a new export, once a connection is shared with them', async () => {
  const { api, app, environment } = show('contributor', none);
  expect(await screen.findByRole('link', { name: 'Add an export' })).toHaveAttribute(
    'href',
    `/e/${environment.id}/exports/new`,
  );
  api.on(contract.listConnectionOptions, () => ({ value: [] }));
  await app.queryClient.invalidateQueries();
  expect(await screen.findByText(/No connection is shared with you yet/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Add an export' })).toBeNull();
});

test('an admin sees how the connections are, each state a link to them', async () => {
  const { environment } = show('admin', { total: 1203, byType: {}, byStatus: { healthy: 1200, failing: 3 } });
  expect(await screen.findByRole('link', { name: /Failing/ })).toHaveAttribute(
    'href',
    `/e/${environment.id}/connections?status=failing`,
  );
  expect(screen.getByRole('link', { name: /Healthy/ })).toHaveTextContent('1,200');
  expect(screen.queryByRole('link', { name: /Paused/ })).toBeNull();
});

test('an admin without connections is shown the first step', async () => {
  show('admin', none);
  expect(await screen.findByRole('button', { name: 'Add connection' })).toBeVisible();
});

test.each([
  ['contributor', 'You decide what is exported and how often, over connections that admins share with you.'],
  ['viewer', 'You see what is shared with you; you change nothing.'],
] as const)('a %s learns what the role is for and whom to ask', async (role, purpose) => {
  const { api } = show(role, none);
  expect(await screen.findByRole('heading', { name: `You are a ${role} here` })).toBeVisible();
  expect(screen.getByText(purpose)).toBeVisible();
  expect(screen.getByText('Olga Owner')).toBeVisible();
  expect(api.asked(contract.getConnectionSummary)).toHaveLength(0);
});

test('numbers that cannot be read can be asked for again', async () => {
  const { api, app, environment } = show('admin', none);
  await screen.findByRole('button', { name: 'Add connection' });
  api.on(contract.getConnectionSummary, () => refuse('internal', { detail: 'Something went wrong on the server.' }));
  app.queryClient.removeQueries({ queryKey: ['GET /environments/:environmentId/connection-summary'] });
  await app.router.navigate('/account/nothing');
  await app.router.navigate(`/e/${environment.id}`);
  expect(await screen.findByText('Something went wrong on the server.')).toBeVisible();
  api.on(contract.getConnectionSummary, () => none);
  await app.user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await screen.findByRole('button', { name: 'Add connection' })).toBeVisible();
});
