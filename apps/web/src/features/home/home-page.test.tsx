import * as contract from '@junction/contracts';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';

const show = (role: contract.Role, summary: contract.ConnectionSummary) => {
  const api = mockApi();
  const { environment } = signIn(api, { environment: { role } });
  api.on(contract.getConnectionSummary, () => summary);
  return { api, environment, app: renderApp(`/e/${environment.id}`) };
};

const none = { total: 0, byType: {}, byStatus: {} };

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

test.each(['contributor', 'viewer'] as const)('a %s learns what the role is for and whom to ask', async (role) => {
  const { api } = show(role, none);
  expect(await screen.findByRole('heading', { name: `You are a ${role} here` })).toBeVisible();
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
