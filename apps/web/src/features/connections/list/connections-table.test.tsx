import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { aConnection, failedCheck, passedCheck } from '../testing/connections.ts';
import { later, showConnections } from '../testing/show-connections.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3600 * 1000 - 60_000).toISOString();
const inDays = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000 + 60_000).toISOString();

const rowOf = async (name: string) => screen.findByRole('row', { name: new RegExp(name) });
const openMenu = async (user: ReturnType<typeof showConnections>['user'], name: string) =>
  user.click(await screen.findByRole('button', { name: `Actions for ${name}` }));

describe('the list of connections', () => {
  it('shows how each connection is, and what to do one click away', async () => {
    const { user } = showConnections('', [
      aConnection({
        name: 'Lake',
        status: 'actionRequired',
        statusReason: {
          step: 'authenticate',
          code: 'authenticate.keyRejected',
          message: 'The account does not accept this key.',
          remedy: 'Copy key1 again from Access keys.',
        },
      }),
      aConnection({
        name: 'Archive',
        type: 'azure-blob',
        usedBy: 1,
        sharing: { sharedWith: 'adminsAndContributors', people: [] },
      }),
    ]);
    const archive = await rowOf('Archive');
    for (const text of ['Azure Blob Storage', 'Healthy', 'Admins and contributors', '1 export']) {
      expect(within(archive).getByText(text)).toBeInTheDocument();
    }
    const lake = await rowOf('Lake');
    expect(within(lake).getByText('Action required')).toBeInTheDocument();
    await user.click(within(lake).getByRole('button', { name: 'The account does not accept this key.' }));
    const help = await screen.findByRole('dialog', { name: 'Lake: Action required' });
    expect(within(help).getByText('Copy key1 again from Access keys.')).toBeInTheDocument();
    expect(within(help).getByRole('button', { name: 'Edit' })).toBeInTheDocument();
  });

  it.each([
    ['waiting', null, 'Profiles waiting'],
    ['verifying', null, 'Importing profiles'],
    ['importing', hoursAgo(3), 'Importing profiles'],
    ['active', hoursAgo(3), 'Profiles as of 3 hours ago'],
    ['active', null, 'Profiles imported'],
  ] as const)('says of profile data that is %s how it stands (%#)', async (status, dataAsOf, words) => {
    showConnections('', [
      aConnection({ name: 'Lake', profiles: { status, dataAsOf, problem: null } }),
      aConnection({ name: 'Archive' }),
    ]);
    const line = (await rowOf('Lake')).querySelector(`[data-status=${status}]`);
    expect(line).toHaveTextContent(words);
    expect(line?.querySelector('[data-icon-name]')).not.toBeNull();
    expect(within(await rowOf('Archive')).queryByText(/profiles/i)).not.toBeInTheDocument();
  });

  it.each([
    ['actionRequired', 'Profiles: action required', 'Profiles of Lake: Action required'],
    ['failing', 'Profiles failing', 'Profiles of Lake: Failing'],
  ] as const)('says why profiles are %s, one click away', async (status, words, title) => {
    const problem = 'There is no column Birthday any more.';
    const profiles = { status, dataAsOf: hoursAgo(50), problem };
    const { user, address } = showConnections('', [aConnection({ name: 'Lake', profiles })]);
    const row = await rowOf('Lake');
    expect(within(row).getByText('Healthy')).toBeInTheDocument();
    await user.click(within(row).getByRole('button', { name: words }));
    const help = await screen.findByRole('dialog', { name: title });
    expect(within(help).getByText(problem)).toBeInTheDocument();
    await user.click(within(help).getByRole('button', { name: 'Details' }));
    await waitFor(() => expect(address()).toMatch(/\/connections\/[\w-]+$/));
  });

  it('tells why the check fails and why the import does, each where it stands', async () => {
    const reason = { step: 'connect', code: 'connect.failed', message: 'The lake does not answer.' };
    const problem = 'The files are away.';
    const profiles = { status: 'failing', dataAsOf: null, problem } as const;
    const { user } = showConnections('', [
      aConnection({ name: 'Lake', status: 'failing', statusReason: reason, profiles }),
    ]);
    const row = await rowOf('Lake');
    const [why, whyNoProfiles] = [reason.message, 'Profiles failing'].map((name) =>
      within(row).getByRole('button', { name }),
    );
    await user.click(why as HTMLElement);
    expect(await screen.findByRole('dialog', { name: 'Lake: Failing' })).toHaveTextContent(reason.message);
    expect([why, whyNoProfiles].map((link) => link?.getAttribute('aria-expanded'))).toEqual(['true', 'false']);
    await user.keyboard('{Escape}');
    await user.click(whyNoProfiles as HTMLElement);
    expect(await screen.findByRole('dialog', { name: 'Profiles of Lake: Failing' })).toHaveTextContent(problem);
    expect(screen.queryByRole('dialog', { name: 'Lake: Failing' })).toBeNull();
  });

  it('warns of a credential that ends soon', async () => {
    showConnections('', [
      aConnection({ name: 'Soon', credentialExpiresAt: inDays(9) }),
      aConnection({ name: 'Far', credentialExpiresAt: inDays(90) }),
    ]);
    expect(within(await rowOf('Soon')).getByText('Expires in 9 days')).toBeInTheDocument();
    expect(within(await rowOf('Far')).queryByText(/Expires/)).not.toBeInTheDocument();
  });

  it('keeps search, filters and order in the address and asks the server for them', async () => {
    const { api, user, address } = showConnections('?status=failing&type=adls-gen2', [aConnection({ name: 'Lake' })]);
    await rowOf('Lake');
    await user.click(
      screen.getByRole('columnheader', { name: /Created/ }).querySelector('[role=button]') as HTMLElement,
    );
    await user.type(screen.getByRole('searchbox', { name: 'Search connections' }), 'lake{Enter}');
    await waitFor(() => expect(address()).toMatch(/\?status=failing&type=adls-gen2&orderby=createdAt&search=lake$/));
    await waitFor(() =>
      expect(api.asked(contract.listConnections).at(-1)?.query).toMatchObject({
        search: 'lake',
        filter: "type in ('adls-gen2') and status in ('failing')",
        orderby: 'createdAt',
      }),
    );
    await user.click(screen.getByRole('combobox', { name: 'Filter by status' }));
    await user.click(await screen.findByRole('option', { name: 'Paused' }));
    await waitFor(() => expect(address()).toMatch(/status=failing%2Cpaused/));
  });

  it('says what a connection is for while there is none', async () => {
    const { user, address } = showConnections('');
    await user.click(await screen.findByRole('button', { name: 'Discover what can be connected' }));
    await waitFor(() => expect(address()).toMatch(/\/connections\/discover$/));
  });

  it('offers to create the first one', async () => {
    showConnections('');
    expect(await screen.findByRole('menuitem', { name: 'Create a connection' })).toBeInTheDocument();
  });

  it('tells an empty result from an empty list', async () => {
    const { user, address } = showConnections('?search=zzz');
    await user.click(await screen.findByRole('button', { name: 'Clear search and filters' }));
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
    expect(await screen.findByText('No connections yet')).toBeVisible();
  });

  it('says what went wrong and tries again', async () => {
    const { api, user } = showConnections('');
    api.on(contract.listConnections, () => refuse('internal', { detail: 'The database is away.' }));
    expect(await screen.findByText('The database is away.')).toBeVisible();
    api.on(contract.listConnections, () => ({ value: [aConnection({ name: 'Lake' })] }));
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await rowOf('Lake')).toBeVisible();
  });

  it('loads more rows as they come into sight', async () => {
    const { api } = showConnections('');
    api.on(contract.listConnections, ({ query }) =>
      query.skiptoken === undefined
        ? { value: [aConnection({ name: 'First' })], nextLink: '/api/v1/environments/x/connections?skiptoken=next' }
        : { value: [aConnection({ name: 'Second' })] },
    );
    expect(await rowOf('First')).toBeVisible();
    expect(await rowOf('Second')).toBeVisible();
  });

  it('offers the types under Add a connection, by name', async () => {
    const { user, address } = showConnections('', [aConnection()]);
    await user.click(await screen.findByRole('menuitem', { name: 'Add a connection' }));
    const names = (await screen.findAllByRole('menuitem')).map((item) => item.textContent);
    expect(names.filter((name) => name?.startsWith('Azure'))).toEqual([
      'Azure Blob Storage',
      'Azure Data Lake Storage Gen2',
    ]);
    await user.click(await screen.findByRole('menuitem', { name: 'Azure Blob Storage' }));
    await waitFor(() => expect(address()).toMatch(/\/connections\/new\/azure-blob$/));
  });
});

describe('what can be done with a row', () => {
  it('is checked now, once, and says how it went', async () => {
    const lake = aConnection({ name: 'Lake' });
    const { api, user, address } = showConnections('', [lake]);
    const answer = later<contract.CheckResult>();
    api.on(contract.checkConnection, () => answer.promise);
    await openMenu(user, 'Lake');
    await user.click(await screen.findByRole('menuitem', { name: 'Check now' }));
    expect(await screen.findByText('Checking …')).toBeInTheDocument();
    await openMenu(user, 'Lake');
    expect(await screen.findByRole('menuitem', { name: 'Check now' })).toHaveAttribute('aria-disabled', 'true');
    await user.keyboard('{Escape}');
    answer.settle(failedCheck());
    expect(await screen.findByText('Lake: The account does not accept this key.')).toBeInTheDocument();
    expect(api.asked(contract.checkConnection).map(({ params, body }) => [params.connectionId, body])).toEqual([
      [lake.id, { allow: [] }],
    ]);
    await user.click(screen.getByRole('button', { name: 'Show details' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/connections/${lake.id}$`)));
  });

  it('pauses and resumes the checks, with the version it changes', async () => {
    const lake = aConnection({ name: 'Lake', etag: '"7"' });
    const { api, user } = showConnections('', [lake]);
    api.on(contract.updateConnection, () => aConnection({ ...lake, isPaused: true, status: 'paused' }));
    await openMenu(user, 'Lake');
    await user.click(await screen.findByRole('menuitem', { name: 'Pause checks' }));
    expect(await screen.findByText('Checks of Lake are paused.')).toBeInTheDocument();
    const [asked] = api.asked(contract.updateConnection);
    expect(asked?.body).toEqual({ isPaused: true, saveAnyway: false });
    expect(asked?.headers.get('if-match')).toBe('"7"');
  });

  it('has what destroys last, apart from the rest', async () => {
    const { user } = showConnections('', [aConnection({ name: 'Lake' })]);
    await openMenu(user, 'Lake');
    const menu = await screen.findByRole('menu');
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map((item) => item.textContent),
    ).toEqual(['Check now', 'Edit', 'Share', 'Pause checks', 'Remove']);
    expect(within(menu).getByRole('separator', { hidden: true })).toBeInTheDocument();
  });
});

describe('what can be done with several rows', () => {
  const three = () => ['Archive', 'Lake', 'Pond'].map((name) => aConnection({ name }));
  const selectAll = async (user: ReturnType<typeof showConnections>['user']) => {
    await rowOf('Archive');
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
  };

  it('are checked, and who is not well is named', async () => {
    const connections = three();
    const { api, user } = showConnections('', connections);
    api.on(contract.checkConnection, ({ params }) => {
      if (params.connectionId === connections[1]?.id) return failedCheck();
      return params.connectionId === connections[2]?.id ? refuse('tooManyRequests') : passedCheck();
    });
    await selectAll(user);
    expect(screen.getByText('3 selected')).toBeInTheDocument();
    await user.click(await screen.findByRole('menuitem', { name: 'Check now' }));
    expect(
      await screen.findByText('Checked 2 connections. Not healthy: Lake. Could not be checked: Pond.'),
    ).toBeInTheDocument();
  });

  it('are removed after a question', async () => {
    const connections = three();
    const { user, address } = showConnections('', connections);
    await selectAll(user);
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    await waitFor(() =>
      expect(decodeURIComponent(address())).toMatch(
        new RegExp(`/connections/remove\\?ids=${connections.map(({ id }) => id).join(',')}$`),
      ),
    );
  });
});
