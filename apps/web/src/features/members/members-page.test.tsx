import * as contract from '@junction/contracts';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { aMember, anId, someTime } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { entra, signInOptions } from '../../testing/sign-in-options.ts';

const owner = aMember({ name: 'Olga Owner', email: 'owner@contoso.example', role: 'admin', isOwner: true });

const show = (below = '', members = [aMember(), owner]) => {
  const api = mockApi();
  const { environment, me } = signIn(api);
  api.on(contract.listMembers, () => ({ value: members }));
  api.on(contract.getMember, ({ params }) => members.find(({ id }) => id === params.memberId) ?? refuse('notFound'));
  api.on(contract.listMemberProfileAccess, () => ({ value: [] }));
  const members0 = members[0] ?? owner;
  return { api, environment, me, members, first: members0, app: renderApp(`/e/${environment.id}/members${below}`) };
};

const link = { url: 'https://junction.example/welcome#token-0123456789', expiresAt: someTime };

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
    filter: "kind in ('person') and role in ('viewer','admin')",
    orderby: 'email desc',
  });
});

test('a click on a head orders by that column, in the address too', async () => {
  const { app } = show();
  await screen.findByRole('link', { name: 'Carl Contributor' });
  await app.user.click(within(screen.getByRole('columnheader', { name: /E-mail/ })).getByText('E-mail'));
  expect(app.address()).toContain('orderby=email');
});

test('typing searches after a pause, in the address too', async () => {
  const { api, app } = show();
  const box = await screen.findByRole('searchbox', { name: 'Search members' });
  await waitFor(() => expect(api.asked(contract.listMembers)).toHaveLength(1));
  // However slow the machine is, the pause does not pass between two letters.
  vi.useFakeTimers({ shouldAdvanceTime: false, toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  for (const text of ['o', 'ol', 'olg', 'olga']) {
    fireEvent.change(box, { target: { value: text } });
    act(() => void vi.advanceTimersByTime(200));
  }
  expect(app.address()).not.toContain('search');
  act(() => void vi.advanceTimersByTime(100));
  vi.useRealTimers();
  await waitFor(() => expect(app.address()).toContain('search=olga'));
  await waitFor(() => expect(api.asked(contract.listMembers).at(-1)?.query.search).toBe('olga'));
  expect(api.asked(contract.listMembers)).toHaveLength(2);
});

test('a name opens the member over the list, which keeps its view', async () => {
  const { environment, app, first } = show('?search=carl');
  await app.user.click(await screen.findByRole('link', { name: 'Carl Contributor' }));
  const panel = await screen.findByRole('dialog', { name: 'Carl Contributor' });
  expect(app.address()).toBe(`/e/${environment.id}/members/${first.id}?search=carl`);
  await app.user.click(within(panel).getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(app.address()).toBe(`/e/${environment.id}/members?search=carl`));
});

test('somebody new gets a link, shown once, to pass on', async () => {
  const { api, app } = show('/new');
  api.on(contract.createMember, ({ body }) => ({
    ...aMember({ email: body.email, role: body.role, name: '' }),
    oneTimeLink: link,
  }));
  await app.user.type(await screen.findByRole('textbox', { name: /^E-mail/ }), 'Nora@Contoso.example');
  await app.user.click(screen.getByRole('radio', { name: /Contributor/ }));
  await app.user.click(screen.getByRole('button', { name: 'Add' }));
  const panel = await screen.findByRole('dialog', { name: 'Pass this link on' });
  expect(within(panel).getByLabelText('One-time link')).toHaveValue(link.url);
  expect(api.asked(contract.createMember)[0]?.body).toEqual({ email: 'nora@contoso.example', role: 'contributor' });
  await app.user.click(within(panel).getByRole('button', { name: 'Copy link' }));
  expect(await navigator.clipboard.readText()).toBe(link.url);
  await app.user.click(within(panel).getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(document.body.innerHTML).not.toContain(link.url));
});

test('somebody known is added without a link, and the list is read again', async () => {
  const { api, environment, app } = show('/new');
  api.on(contract.createMember, () => aMember({ name: 'Known Person' }));
  await app.user.type(await screen.findByRole('textbox', { name: /^E-mail/ }), 'known@contoso.example');
  await app.user.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('Known Person was added.')).toBeVisible();
  expect(app.address()).toBe(`/e/${environment.id}/members`);
  await waitFor(() => expect(api.asked(contract.listMembers).length).toBeGreaterThan(1));
});

test('who is a member already is said at the field', async () => {
  const { api, app } = show('/new');
  const errors = [{ field: 'email', code: 'alreadyMember', message: 'This person is a member already.' }];
  api.on(contract.createMember, () => refuse('alreadyMember', { errors }));
  await app.user.type(await screen.findByRole('textbox', { name: /^E-mail/ }), 'contributor@contoso.example');
  await app.user.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('This person is a member already.')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: /^E-mail/ })).toHaveFocus();
});

test('changes a role, naming the version that was seen', async () => {
  const { api, app, first } = show();
  await app.user.click(await screen.findByRole('link', { name: 'Carl Contributor' }));
  api.on(contract.updateMember, ({ body }) => ({ ...first, ...body }));
  await app.user.click(await screen.findByRole('radio', { name: /Admin/ }));
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Carl Contributor is now admin.')).toBeVisible();
  expect(api.asked(contract.updateMember)[0]?.headers.get('if-match')).toBe(first.etag);
});

test('the last admin stays, and it says why', async () => {
  const { api, app, first } = show();
  await app.user.click(await screen.findByRole('link', { name: 'Carl Contributor' }));
  api.on(contract.updateMember, () => refuse('lastAdmin', { detail: 'Make somebody else an admin first.' }));
  await app.user.click(await screen.findByRole('radio', { name: /Viewer/ }));
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Make somebody else an admin first.')).toBeInTheDocument();
  expect(app.address()).toContain(first.id);
});

test('the owner’s role cannot be changed, nor the owner removed', async () => {
  const { app } = show();
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Olga Owner' }));
  expect(await screen.findByRole('menuitem', { name: 'Remove' })).toHaveAttribute('aria-disabled', 'true');
  await app.user.keyboard('{Escape}');
  await app.user.click(screen.getByRole('link', { name: 'Olga Owner' }));
  expect(await screen.findByRole('radio', { name: /Viewer/ })).toBeDisabled();
  expect(screen.getByText(/hand the environment to another admin/)).toBeInTheDocument();
});

test('removes a member after saying what that means', async () => {
  const { api, environment, app, first } = show();
  api.on(contract.deleteMember, () => undefined);
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Carl Contributor' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Remove Carl Contributor?' });
  expect(within(dialog).getByText(/loses access to Contoso/)).toBeInTheDocument();
  await app.user.click(within(dialog).getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('Carl Contributor was removed.')).toBeVisible();
  expect(api.asked(contract.deleteMember)[0]?.headers.get('if-match')).toBe(first.etag);
  expect(app.address()).toBe(`/e/${environment.id}/members`);
});

test('a refused removal stays open and says why', async () => {
  const { api, app, first } = show(`/${aMember().id}/remove`);
  await screen.findByText('There is nothing here, or not for you.');
  api.on(contract.deleteMember, () => refuse('lastAdmin', { detail: 'An environment keeps at least one admin.' }));
  await app.router.navigate(app.router.state.location.pathname.replace(/[^/]+\/remove$/, `${first.id}/remove`));
  const remove = await screen.findByRole('button', { name: 'Remove' });
  await waitFor(() => expect(remove).toBeEnabled());
  await app.user.click(remove);
  expect(await screen.findByText('An environment keeps at least one admin.')).toBeInTheDocument();
});

test('a reset shows the link, once', async () => {
  const { api, app, first } = show();
  api.on(contract.resetMemberPassword, () => link);
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Carl Contributor' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Reset password' }));
  await app.user.click(await screen.findByRole('button', { name: 'Make one-time link' }));
  expect(await screen.findByLabelText('One-time link')).toHaveValue(link.url);
  expect(api.asked(contract.resetMemberPassword)[0]?.params.memberId).toBe(first.id);
});

test('the list that could not be read offers to try again', async () => {
  const { api, app } = show();
  await screen.findByRole('link', { name: 'Carl Contributor' });
  api.on(contract.listMembers, () => refuse('internal', { detail: 'Something went wrong on the server.' }));
  await app.user.type(screen.getByRole('searchbox', { name: 'Search members' }), 'x{Enter}');
  expect(await screen.findByText('Something went wrong on the server.')).toBeVisible();
  api.on(contract.listMembers, () => ({ value: [owner] }));
  await app.user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await screen.findByRole('link', { name: 'Olga Owner' })).toBeVisible();
});

test('says nothing of profile data where no connection has any', async () => {
  const { app } = show();
  await app.user.click(await screen.findByRole('link', { name: 'Carl Contributor' }));
  await screen.findByRole('radio', { name: /Admin/ });
  expect(screen.queryByRole('checkbox', { name: /profile data/ })).toBeNull();
});

const aMemberAccess = (name: string, isGranted: boolean): contract.MemberProfileAccess => ({
  connection: { id: anId(), name },
  isGranted,
});

test('gives and takes access to profile data, a check box for each connection', async () => {
  const { api, app, first } = show();
  const [lake, pond] = [aMemberAccess('Lake', false), aMemberAccess('Pond', true)];
  api.on(contract.listMemberProfileAccess, () => ({ value: [lake, pond] }));
  api.on(contract.grantProfileAccess, () => ({
    person: { id: first.id, name: first.name, email: first.email, role: first.role },
    grantedBy: { id: anId(), name: 'Ada Admin' },
    grantedAt: someTime,
  }));
  api.on(contract.revokeProfileAccess, () => undefined);
  await app.user.click(await screen.findByRole('link', { name: 'Carl Contributor' }));
  const group = within(await screen.findByRole('group', { name: 'Allow access to profile data' }));
  expect(group.getByRole('checkbox', { name: 'Pond' })).toBeChecked();
  await app.user.click(group.getByRole('checkbox', { name: 'Lake' }));
  await app.user.click(group.getByRole('checkbox', { name: 'Pond' }));
  expect(screen.queryByText(/You give access to yourself/)).toBeNull();
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('What Carl Contributor can see of profile data is saved.')).toBeVisible();
  expect(api.asked(contract.grantProfileAccess).map(({ params, body }) => [params.connectionId, body])).toEqual([
    [lake.connection.id, { personId: first.id }],
  ]);
  expect(api.asked(contract.revokeProfileAccess).map(({ params }) => [params.connectionId, params.personId])).toEqual([
    [pond.connection.id, first.id],
  ]);
  expect(api.asked(contract.updateMember)).toEqual([]);
});

test('an admin who gives access to themself is told who hears of it, and why it was refused', async () => {
  const self = aMember({ name: 'Ada Admin', role: 'admin' });
  const { api, app, me } = show('', [self]);
  api.on(contract.getMember, () => ({ ...self, id: me.id }));
  api.on(contract.listMemberProfileAccess, () => ({ value: [aMemberAccess('Lake', false)] }));
  api.on(contract.grantProfileAccess, () => refuse('notFound', { detail: 'The connection was removed.' }));
  await app.user.click(await screen.findByRole('link', { name: 'Ada Admin' }));
  await app.user.click(await screen.findByRole('checkbox', { name: 'Allow access to profile data' }));
  expect(screen.getByText(/everybody else who has access is told/)).toBeInTheDocument();
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('The connection was removed.')).toBeInTheDocument();
  expect(screen.getByRole('checkbox', { name: 'Allow access to profile data' })).toBeChecked();
});

const withEntra = signInOptions({ providers: [entra] });
const byGroup: contract.Member = aMember({ name: 'Gita Group', roleFrom: 'groups', groupName: 'Data team' });

/** The page where people can also sign in with a provider. */
const showWithProvider = (members = [byGroup, aMember(), owner], options = withEntra) => {
  const shown = show('', members);
  shown.api.on(contract.getSignInOptions, () => options);
  return shown;
};

test('tells whose role follows a group, where a provider says who is in which', async () => {
  showWithProvider();
  const row = await screen.findByRole('row', { name: /Gita Group/ });
  expect(await within(row).findByText('By group Data team')).toBeVisible();
  expect(within(screen.getByRole('row', { name: /Carl Contributor/ })).getByText('By hand')).toBeVisible();
});

test('says nothing of groups where every role is given by hand', async () => {
  show();
  await screen.findByRole('link', { name: 'Carl Contributor' });
  expect(screen.queryByText('By hand')).toBeNull();
});

test('a role by group is set by hand once it is changed, which is said before', async () => {
  const { api, app } = showWithProvider();
  const saved = aMember({ ...byGroup, role: 'admin', roleFrom: 'hand', groupName: null });
  api.on(contract.updateMember, () => saved);
  await app.user.click(await screen.findByRole('link', { name: 'Gita Group' }));
  expect(await screen.findByText(/set by hand from then on and no longer follows the group/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Follow groups' })).toBeNull();
  await app.user.click(screen.getByRole('radio', { name: /Admin/ }));
  await app.user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(api.asked(contract.updateMember)[0]?.body).toEqual({ role: 'admin' }));
});

test('a role by group can be kept by hand as it is', async () => {
  const { api, app } = showWithProvider();
  api.on(contract.updateMember, () => aMember({ ...byGroup, roleFrom: 'hand', groupName: null }));
  await app.user.click(await screen.findByRole('link', { name: 'Gita Group' }));
  await app.user.click(await screen.findByRole('button', { name: 'Keep this role by hand' }));
  expect(await screen.findByText('Gita Group stays contributor, whatever groups they are in.')).toBeVisible();
  expect(api.asked(contract.updateMember).map(({ body }) => body)).toEqual([{ role: 'contributor' }]);
});

test('a role by hand can follow groups again, and a refusal says why not', async () => {
  const { api, app, environment, members } = showWithProvider();
  const carl = members[1] as contract.Member;
  api.on(contract.updateMember, () => refuse('invalidInput', { detail: 'They are in no group with a role here.' }));
  await app.user.click(await screen.findByRole('link', { name: 'Carl Contributor' }));
  await app.user.click(await screen.findByRole('button', { name: 'Follow groups' }));
  expect(await screen.findByText('They are in no group with a role here.')).toBeInTheDocument();
  const following = aMember({ ...carl, roleFrom: 'groups', groupName: 'Data team', role: 'viewer' });
  api.on(contract.updateMember, () => following);
  await app.user.click(screen.getByRole('button', { name: 'Follow groups' }));
  expect(await screen.findByText('The role of Carl Contributor follows their groups now: viewer.')).toBeVisible();
  expect(api.asked(contract.updateMember).map(({ body }) => body)).toEqual([
    { roleFrom: 'groups' },
    { roleFrom: 'groups' },
  ]);
  expect(api.asked(contract.updateMember)[1]?.headers.get('if-match')).toBe(carl.etag);
  expect(app.address()).toBe(`/e/${environment.id}/members`);
});

test('who is a member by group comes back after a removal, and it says what to do instead', async () => {
  const { app } = showWithProvider();
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Gita Group' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  const dialog = within(await screen.findByRole('alertdialog', { name: 'Remove Gita Group?' }));
  expect(
    await dialog.findByText(/come back at the next check .* as long as they are in Data team/),
  ).toBeInTheDocument();
  expect(dialog.getByText(/take them out of the group at the identity provider/)).toBeInTheDocument();
});

test('without passwords nobody gets a new one', async () => {
  const { app } = showWithProvider(undefined, { ...withEntra, localAccounts: false });
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Carl Contributor' }));
  await screen.findByRole('menuitem', { name: 'Edit' });
  expect(screen.queryByRole('menuitem', { name: 'Reset password' })).toBeNull();
});

test('without passwords who is new gets no link, and it says how they sign in', async () => {
  const { api, app, environment } = showWithProvider(undefined, { ...withEntra, localAccounts: false });
  await screen.findByRole('link', { name: 'Carl Contributor' });
  api.on(contract.createMember, ({ body }) => aMember({ email: body.email, name: '' }));
  await app.router.navigate(`/e/${environment.id}/members/new`);
  const email = await screen.findByRole('textbox', { name: /^E-mail/ });
  expect(email).toHaveAccessibleDescription(/They sign in with Microsoft Entra ID/);
  await app.user.type(email, 'nora@contoso.example');
  await app.user.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('nora@contoso.example was added.')).toBeVisible();
  expect(app.address()).toBe(`/e/${environment.id}/members`);
});

test('the three parts of the page are links, and the open one is marked', async () => {
  const { api, app, environment } = show();
  api.on(contract.listGroupRoles, () => ({ value: [] }));
  const tabs = within(await screen.findByRole('navigation', { name: 'Kinds of members' }));
  expect(tabs.getByRole('link', { name: 'People' })).toHaveAttribute('aria-current', 'page');
  await app.user.click(tabs.getByRole('link', { name: 'Groups' }));
  expect(await screen.findByRole('heading', { name: 'No groups' })).toBeVisible();
  expect(app.address()).toBe(`/e/${environment.id}/members/groups`);
  expect(tabs.getByRole('link', { name: 'Groups' })).toHaveAttribute('aria-current', 'page');
  expect(tabs.getByRole('link', { name: 'People' })).not.toHaveAttribute('aria-current');
});

test('the address of a service account among people leads to where it is changed', async () => {
  const program = aMember({ kind: 'service', name: 'Nightly loads', email: '' });
  const { api, app, environment } = show('', [program]);
  api.on(contract.listServiceAccounts, () => ({ value: [] }));
  await screen.findByRole('heading', { name: 'Members' });
  await app.router.navigate(`/e/${environment.id}/members/${program.id}`);
  await waitFor(() => expect(app.address()).toBe(`/e/${environment.id}/members/service-accounts/${program.id}`));
});
