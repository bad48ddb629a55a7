import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aGroupRole } from '../../../testing/fixtures.ts';
import { mockApi, refuse } from '../../../testing/mock-api.ts';
import { renderApp, signIn } from '../../../testing/render-app.tsx';
import { entra, signInOptions } from '../../../testing/sign-in-options.ts';

const withEntra = signInOptions({ providers: [entra] });

const show = (below = '', groups: contract.GroupRole[] = [aGroupRole()], options = withEntra) => {
  const api = mockApi();
  const { environment } = signIn(api);
  const saved = [...groups];
  api.on(contract.getSignInOptions, () => options);
  api.on(contract.listGroupRoles, ({ query }) => ({
    value: saved.filter(({ name }) => name.toLowerCase().includes(query.search?.toLowerCase() ?? '')),
  }));
  return { api, environment, saved, app: renderApp(`/e/${environment.id}/members/groups${below}`) };
};

test('lists the groups with their values, roles and how many follow them', async () => {
  show('', [
    aGroupRole(),
    aGroupRole({ name: 'Auditors', value: 'Junction.Viewer', role: 'viewer', memberCount: 1200 }),
  ]);
  const grid = within(await screen.findByRole('grid', { name: 'Groups' }));
  const row = within(await grid.findByRole('row', { name: /Auditors/ }));
  expect(row.getByText('Junction.Viewer')).toBeVisible();
  expect(row.getByText('Viewer')).toBeVisible();
  expect(row.getByText('1,200')).toBeVisible();
});

test('says what a group does while there is none, and leads to the first', async () => {
  const { app, environment } = show('', []);
  expect(await screen.findByText(/Whoever is in it gets that role when they sign in/)).toBeVisible();
  expect(screen.queryByText(/docs\/sign-in\.md/)).toBeNull();
  await app.user.click(screen.getByRole('button', { name: 'Add group' }));
  await waitFor(() => expect(app.address()).toBe(`/e/${environment.id}/members/groups/new`));
});

test('without an identity provider it says who has to configure one, and offers nothing', async () => {
  show('', [], signInOptions());
  expect(
    await screen.findByText(/No identity provider is configured yet\. Whoever runs Junction .* docs\/sign-in\.md/),
  ).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Add group' })).toBeNull();
  expect(await screen.findByRole('menuitem', { name: 'Add group' })).toHaveAttribute('aria-disabled', 'true');
});

test('groups that are left from a provider are said to give nothing', async () => {
  show('', [aGroupRole()], signInOptions());
  expect(await screen.findByText(/nobody’s groups are known/)).toBeInTheDocument();
  expect(await screen.findByRole('row', { name: /Data team/ })).toBeVisible();
});

test('gives a group a role, and says who has it at once', async () => {
  const { api, app, environment, saved } = show('/new', []);
  api.on(contract.createGroupRole, ({ body }) => {
    const group = aGroupRole({ ...body, memberCount: 1 });
    saved.push(group);
    return group;
  });
  const panel = within(await screen.findByRole('dialog', { name: 'Add group' }));
  await app.user.click(panel.getByRole('button', { name: 'Add' }));
  expect(
    await panel.findByText('Enter the group as the identity provider writes it in its tokens.'),
  ).toBeInTheDocument();
  const value = panel.getByRole('textbox', { name: /^Group or app role/ });
  expect(value).toHaveFocus();
  await app.user.type(value, ' Junction.Contributor ');
  await app.user.type(panel.getByRole('textbox', { name: /^Name/ }), 'Data team');
  await app.user.click(panel.getByRole('radio', { name: /Contributor/ }));
  await app.user.click(panel.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('Data team gives the role contributor. 1 member has it already.')).toBeVisible();
  expect(api.asked(contract.createGroupRole)[0]?.body).toEqual({
    value: 'Junction.Contributor',
    name: 'Data team',
    role: 'contributor',
  });
  expect(app.address()).toBe(`/e/${environment.id}/members/groups`);
  expect(await screen.findByRole('row', { name: /Data team/ })).toBeVisible();
});

test('a group that has a role already is said at the field', async () => {
  const { api, app } = show('/new', []);
  const errors = [{ field: 'value', code: 'nameTaken', message: 'This group has a role here already.' }];
  api.on(contract.createGroupRole, () => refuse('nameTaken', { errors }));
  await app.user.type(await screen.findByRole('textbox', { name: /^Group or app role/ }), 'x');
  await app.user.type(screen.getByRole('textbox', { name: /^Name/ }), 'Data team');
  await app.user.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('This group has a role here already.')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: /^Group or app role/ })).toHaveFocus();
});

test('changes only what was changed, naming the version that was seen', async () => {
  const group = aGroupRole();
  const { api, app } = show(`/${group.id}`, [group]);
  api.on(contract.updateGroupRole, ({ body }) => ({ ...group, ...body }));
  const panel = within(await screen.findByRole('dialog', { name: 'Data team' }));
  expect(panel.getByText(group.value)).toBeInTheDocument();
  await app.user.click(panel.getByRole('radio', { name: /Viewer/ }));
  await app.user.click(panel.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Data team was saved.')).toBeVisible();
  expect(api.asked(contract.updateGroupRole)[0]?.body).toEqual({ role: 'viewer' });
  expect(api.asked(contract.updateGroupRole)[0]?.headers.get('if-match')).toBe(group.etag);
});

test('what somebody else saved meanwhile comes into what was not touched, and the next save counts', async () => {
  const group = aGroupRole();
  const { api, app, saved } = show(`/${group.id}`, [group]);
  api.on(contract.updateGroupRole, () => refuse('preconditionFailed', { detail: 'Somebody changed this group.' }));
  const panel = within(await screen.findByRole('dialog', { name: 'Data team' }));
  const name = panel.getByRole('textbox', { name: /^Name/ });
  await app.user.clear(name);
  await app.user.type(name, 'Data people');
  saved[0] = { ...group, role: 'admin', etag: '"group-role-2"' };
  await app.user.click(panel.getByRole('button', { name: 'Save' }));
  expect(await panel.findByText('Somebody changed this group.')).toBeInTheDocument();
  await waitFor(() => expect(panel.getByRole('radio', { name: /Admin/ })).toBeChecked());
  expect(name).toHaveValue('Data people');
  api.on(contract.updateGroupRole, ({ body }) => ({ ...group, ...body }));
  await app.user.click(panel.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Data people was saved.')).toBeVisible();
  const last = api.asked(contract.updateGroupRole).at(-1);
  expect(last?.body).toEqual({ name: 'Data people' });
  expect(last?.headers.get('if-match')).toBe('"group-role-2"');
});

test('removes a group after saying how many may lose their place', async () => {
  const { api, app, environment, saved } = show('', [aGroupRole({ memberCount: 12 })]);
  api.on(contract.deleteGroupRole, () => void saved.splice(0));
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Data team' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  const dialog = within(await screen.findByRole('alertdialog', { name: 'Remove Data team?' }));
  expect(dialog.getByText(/12 members have their role by it\. .* loses their place in Contoso/)).toBeInTheDocument();
  await app.user.click(dialog.getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('Data team was removed.')).toBeVisible();
  expect(api.asked(contract.deleteGroupRole)[0]?.headers.get('if-match')).toBe('"group-role-1"');
  expect(app.address()).toBe(`/e/${environment.id}/members/groups`);
  expect(await screen.findByRole('heading', { name: 'No groups' })).toBeVisible();
});

test('a refused removal stays open and says why', async () => {
  const group = aGroupRole({ memberCount: 0 });
  const { api, app } = show(`/${group.id}/remove`, [group]);
  api.on(contract.deleteGroupRole, () => refuse('lastAdmin', { detail: 'An environment keeps at least one admin.' }));
  const dialog = within(await screen.findByRole('alertdialog', { name: 'Remove Data team?' }));
  expect(dialog.getByText(/nobody loses their place/)).toBeInTheDocument();
  await app.user.click(dialog.getByRole('button', { name: 'Remove' }));
  expect(await dialog.findByText('An environment keeps at least one admin.')).toBeInTheDocument();
});

test('a group that is gone is said to be', async () => {
  show(`/${aGroupRole().id}`);
  expect(await screen.findByRole('heading', { name: 'This group is gone' })).toBeInTheDocument();
});

test('searches on the server, and finds groups of any page by their address', async () => {
  const [first, second] = [aGroupRole(), aGroupRole({ name: 'Auditors' })];
  const { api, app } = show(`/${second.id}`, [first, second]);
  api.on(contract.listGroupRoles, ({ query }) =>
    query.skiptoken === undefined
      ? { value: [first], nextLink: '/api/v1/environments/x/group-roles?skiptoken=2' }
      : { value: [second] },
  );
  await app.user.click(await screen.findByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await app.user.type(await screen.findByRole('searchbox', { name: 'Search groups' }), 'aud{Enter}');
  await waitFor(() => expect(api.asked(contract.listGroupRoles).map(({ query }) => query.search)).toContain('aud'));
  expect(app.address()).toContain('search=aud');
});
