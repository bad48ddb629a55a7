import * as contract from '@junction/contracts';
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aMember } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';

const show = (
  search = '',
  members = [aMember(), aMember({ name: 'Olga Owner', email: 'owner@contoso.example', role: 'admin', isOwner: true })],
) => {
  const api = mockApi();
  const { environment } = signIn(api);
  api.on(contract.listMembers, () => ({ value: members }));
  api.on(contract.getMember, ({ params }) => members.find(({ id }) => id === params.memberId) ?? refuse('notFound'));
  return { api, environment, members, app: renderApp(`/e/${environment.id}/members${search}`) };
};

test('lists the members with their roles', async () => {
  show();
  const grid = await screen.findByRole('grid', { name: 'Members' });
  const row = await within(grid).findByRole('row', { name: /Olga Owner/ });
  expect(within(row).getByText('Admin, owner')).toBeVisible();
  expect(within(grid).getByRole('link', { name: 'Carl Contributor' })).toBeVisible();
});

test('reads search, filter and order from the address', async () => {
  const { api } = show('?search=carl&role=viewer,admin&orderby=email+desc');
  await screen.findByRole('link', { name: 'Carl Contributor' });
  expect(api.asked(contract.listMembers)[0]?.query).toMatchObject({
    search: 'carl',
    filter: "role in ('viewer','admin')",
    orderby: 'email desc',
  });
});

test('a click on a head orders by that column, in the address too', async () => {
  const { app } = show();
  await screen.findByRole('link', { name: 'Carl Contributor' });
  await app.user.click(within(screen.getByRole('columnheader', { name: /E-mail/ })).getByText('E-mail'));
  expect(app.address()).toContain('orderby=email');
});
