import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { moving, successful } from '../../../testing/runs.ts';
import { anExport, anExportOver, anInactiveExport, anOption, aRunOf, rowOf, withRun } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

type User = ReturnType<typeof showExports>['user'];

const rowNamed = (name: string) => screen.findByRole('row', { name: new RegExp(name) });
const menuOf = async (user: User, name: string) => {
  await user.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
  return screen.findByRole('menu');
};
const itemsOf = (menu: HTMLElement) =>
  within(menu)
    .getAllByRole('menuitem')
    .map((item) => item.querySelector('.ms-ContextualMenu-itemText')?.textContent);

describe('the list of exports', () => {
  it('shows how each is, when it runs, over what, and what one may do', async () => {
    const lake = anOption({ name: 'Contoso lake', health: 'actionRequired' });
    const daily: contract.Schedule = {
      isOn: true,
      plan: { type: 'daily', times: ['08:00'], timeZone: 'Europe/Berlin' },
    };
    showExports('', {
      role: 'contributor',
      exports: [
        anExportOver(lake, {
          name: 'Weekly',
          status: 'successful',
          refreshedAt: new Date().toISOString(),
          schedule: daily,
        }),
        anInactiveExport({}, { name: 'Lost' }),
        anExport({ name: 'Blank', connection: null }),
      ],
    });
    const weekly = await rowNamed('Weekly');
    for (const text of [
      'Azure Data Lake Storage Gen2',
      'Successful',
      'Daily at 08:00',
      'Europe/Berlin',
      'Contoso lake',
      'Action required',
      'Edit',
    ]) {
      expect(within(weekly).getByText(text)).toBeInTheDocument();
    }
    const lost = await rowNamed('Lost');
    for (const text of ['Inactive', 'Connection removed', 'Never', 'Off', 'No connection', 'View only']) {
      expect(within(lost).getByText(text)).toBeInTheDocument();
    }
    expect(within(lost).getByTitle(/was removed on 12 March|was removed on March 12/)).toBeInTheDocument();
    expect(within(await rowNamed('Blank')).getByText('—')).toBeInTheDocument();
  });

  it('tells how far a run is, why the last one failed, and when the next one comes', async () => {
    const [running, failed, hourly] = ['Running', 'Broken', 'Hourly'].map((name) => anExport({ name }));
    if (!running || !failed || !hourly) throw new Error('There are three.');
    const problem = { code: 'x', message: 'The key is refused.', remedy: 'Enter another one.', isTransient: false };
    showExports('', {
      exports: [
        withRun(running, aRunOf(running, { ...moving, startedAt: new Date(Date.now() - 10_000).toISOString() })),
        withRun(failed, aRunOf(failed, { ...successful, state: 'failed', problem })),
        {
          ...hourly,
          schedule: { isOn: true, plan: { type: 'interval', everyMinutes: 60 } },
          nextRunAt: new Date(Date.now() + 50 * 60_000).toISOString(),
          autoPaused: null,
        },
      ],
    });
    const row = await rowNamed('Running');
    expect(within(row).getByText('Processing')).toBeInTheDocument();
    expect(within(row).getByText(/^40%, 1[5-9] s left$/)).toBeInTheDocument();
    expect(within(row).getByTitle(/^Moving data: 40 MB of 100 MB, 12,000 rows, 1 of 4 parts, /)).toBeInTheDocument();
    expect(within(row).getByRole('progressbar', { name: 'Progress of Running' })).toBeInTheDocument();
    expect(within(await rowNamed('Broken')).getByText('The key is refused.')).toHaveAttribute(
      'title',
      'The key is refused. Enter another one.',
    );
    expect(within(await rowNamed('Hourly')).getByText(/^Next in (1 hour|50 minutes)$/)).toBeInTheDocument();
  });

  it('keeps search, filters and order in the address and asks the server for them', async () => {
    const lake = anOption({ name: 'Contoso lake' });
    const exports = [anExportOver(lake, { name: 'Weekly' }), anInactiveExport({}, { name: 'Lost' })];
    const { api, user, address } = showExports('?status=inactive', { exports });
    await rowNamed('Weekly');
    await user.click(
      screen.getByRole('columnheader', { name: /Refreshed/ }).querySelector('[role=button]') as HTMLElement,
    );
    await user.type(screen.getByRole('searchbox', { name: 'Search exports' }), 'crm{Enter}');
    await waitFor(() => expect(address()).toMatch(/search=crm$/));
    await user.click(screen.getByRole('combobox', { name: 'Filter by connection' }));
    await user.click(await screen.findByRole('option', { name: 'No connection (1)' }));
    await user.click(await screen.findByRole('option', { name: 'Contoso lake (1)' }));
    await waitFor(() =>
      expect(api.asked(contract.listExports).at(-1)?.query).toMatchObject({
        search: 'crm',
        filter: `status in ('inactive') and connection in ('none','${lake.id}')`,
        orderby: 'refreshedAt',
      }),
    );
    expect(decodeURIComponent(address())).toMatch(
      new RegExp(`\\?status=inactive&orderby=refreshedAt&search=crm&connection=none,${lake.id}$`),
    );
  });

  it.each([
    ['status', ['Failed (0)', 'Inactive (1)'], /\?status=inactive$/],
    ['type', ['Azure Data Lake Storage Gen2 (2)'], /\?type=adls-gen2$/],
  ] as const)('offers each %s with how many there are', async (filter, choices, expected) => {
    const { user, address } = showExports('', { exports: [anExport(), anInactiveExport()] });
    await user.click(await screen.findByRole('combobox', { name: `Filter by ${filter}` }));
    for (const name of choices) expect(await screen.findByRole('option', { name })).toBeInTheDocument();
    await user.click(screen.getByRole('option', { name: choices.at(-1) }));
    await waitFor(() => expect(address()).toMatch(expected));
  });

  it('loads more rows as they come into sight', async () => {
    const { api } = showExports('');
    api.on(contract.listExports, ({ query }) =>
      query.skiptoken === undefined
        ? { value: [rowOf(anExport({ name: 'First' }))], nextLink: '/api/v1/environments/x/exports?skiptoken=next' }
        : { value: [rowOf(anExport({ name: 'Second' }))] },
    );
    expect(await rowNamed('First')).toBeVisible();
    expect(await rowNamed('Second')).toBeVisible();
  });

  it('says what went wrong and tries again', async () => {
    const { api, user } = showExports('');
    api.on(contract.listExports, () => refuse('internal', { detail: 'The database is away.' }));
    expect(await screen.findByText('The database is away.')).toBeVisible();
    api.on(contract.listExports, () => ({ value: [rowOf(anExport({ name: 'Weekly' }))] }));
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await rowNamed('Weekly')).toBeVisible();
  });
});

describe('while there are no exports', () => {
  it.each(['admin', 'contributor'] as const)('an %s is shown the first step', async (role) => {
    const { user, address } = showExports('', { role });
    await user.click(await screen.findByRole('button', { name: 'Add export' }));
    await waitFor(() => expect(address()).toMatch(/\/exports\/new$/));
  });

  it('a viewer learns who adds them', async () => {
    showExports('', { role: 'viewer' });
    expect(await screen.findByText(/ask Olga Owner, who owns this environment, or another admin/)).toBeVisible();
    expect(screen.queryByText('Add export')).not.toBeInTheDocument();
  });

  it('a search without result offers to clear it', async () => {
    const { user, address } = showExports('?search=zzz&connection=none');
    await user.click(await screen.findByRole('button', { name: 'Clear search and filters' }));
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });
});

describe('what can be done with an export', () => {
  const all = ['Edit', 'Run', 'Create duplicate', 'Schedule…', 'Detach connection', 'Connect to…', 'Remove'];
  const unusable = { access: { hasConnection: true, mayUseConnection: false, couldManageBefore: false } };
  it.each([
    ['admin', anExport({ name: 'It' }), all],
    ['admin', anInactiveExport({}, { name: 'It' }), all.filter((text) => !['Run', 'Detach connection'].includes(text))],
    ['contributor', anExport({ name: 'It' }), all],
    ['contributor', anExport({ name: 'It', ...unusable }), ['View']],
    ['contributor', anInactiveExport({}, { name: 'It' }), ['View', 'Connect to…']],
    ['viewer', anExport({ name: 'It', ...unusable }), ['View']],
  ] as const)('depends on the role %s and the connection (%#)', async (role, one, expected) => {
    const { user } = showExports('', { role, exports: [one] });
    expect(itemsOf(await menuOf(user, 'It'))).toEqual(expected);
  });

  it('is viewed by its name, and by a double click on its row', async () => {
    const one = anExport({ name: 'It' });
    const { user, address, router } = showExports('?search=i', { exports: [one] });
    await user.click(await screen.findByRole('link', { name: 'It' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${one.id}\\?search=i$`)));
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(address()).toMatch(/\/exports\?search=i$/));
    await user.dblClick(within(await rowNamed('It')).getByText('Not started'));
    await waitFor(() => expect(router.state.location.pathname).toMatch(new RegExp(`/exports/${one.id}$`)));
  });

  it('is duplicated at once, and leads to the copy', async () => {
    const one = anExport({ name: 'It' });
    const copy = anExport({ name: 'It (copy)' });
    const { api, user, address } = showExports('', { exports: [one, copy] });
    api.on(contract.duplicateExports, () => ({ done: [copy.id], refused: [] }));
    await menuOf(user, 'It');
    await user.click(await screen.findByRole('menuitem', { name: 'Create duplicate' }));
    await user.click(await screen.findByRole('button', { name: 'Show the copy' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${copy.id}$`)));
    expect(api.asked(contract.duplicateExports).map(({ body }) => body.exportIds)).toEqual([[one.id]]);
  });
});

describe('what can be done with several', () => {
  const viewOnly = { access: { hasConnection: true, mayUseConnection: false, couldManageBefore: false } };
  const three = () => [
    anExport({ name: 'Archive' }),
    anExport({ name: 'Lake', ...viewOnly }),
    anInactiveExport({}, { name: 'Pond' }),
  ];
  const selectAll = async (user: User) => {
    await rowNamed('Archive');
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
  };

  it('is for those that allow it, and says how many do not', async () => {
    const exports = three();
    const { user, address } = showExports('', { role: 'contributor', exports });
    await selectAll(user);
    expect(screen.getByText('2 view only')).toBeVisible();
    expect(await screen.findByRole('menuitem', { name: 'Remove' })).toHaveAccessibleDescription(
      '1 of 3 selected; 2 are view only.',
    );
    await user.click(await screen.findByRole('menuitem', { name: 'Detach connection' }));
    await waitFor(() =>
      expect(decodeURIComponent(address())).toMatch(
        new RegExp(`/exports/detach\\?ids=${exports.map(({ id }) => id).join(',')}$`),
      ),
    );
    const dialog = await screen.findByRole('alertdialog', { name: 'Detach Archive from its connection?' });
    expect(within(dialog).getByText('1 of 3 selected; 2 are view only.')).toBeInTheDocument();
  });

  it('tells a missing connection from a missing right', async () => {
    const { user } = showExports('', {
      exports: [anExport({ name: 'Archive' }), anInactiveExport({}, { name: 'Pond' })],
    });
    await selectAll(user);
    expect(await screen.findByRole('menuitem', { name: 'Detach connection' })).toHaveAccessibleDescription(
      '1 of 2 selected; 1 has no connection.',
    );
  });

  it('is off where none of them allows it', async () => {
    const { user, address } = showExports('', {
      role: 'contributor',
      exports: [anExport({ name: 'Archive', ...viewOnly })],
    });
    await selectAll(user);
    const remove = await screen.findByRole('menuitem', { name: 'Remove' });
    expect(remove).toHaveAttribute('aria-disabled', 'true');
    await user.click(remove);
    expect(address()).toMatch(/\/exports$/);
  });

  it('duplicates what it may, and names what the server refused', async () => {
    const exports = three();
    const { api, user } = showExports('', { exports });
    api.on(contract.duplicateExports, () => ({
      done: [],
      refused: [{ id: exports[0]?.id ?? '', name: 'Archive', code: 'nameTaken', message: 'The name is taken.' }],
    }));
    await selectAll(user);
    await user.click(await screen.findByRole('menuitem', { name: 'Create duplicate' }));
    const dialog = await screen.findByRole('alertdialog', { name: 'Not all exports are duplicated' });
    expect(within(dialog).getByText('The name is taken.')).toBeInTheDocument();
    await user.click(within(dialog).getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
    await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
    // The copies would be selected, too.
    expect(screen.queryByText(/selected/)).not.toBeInTheDocument();
  });

  it('is not there for viewers', async () => {
    showExports('', { role: 'viewer', exports: three() });
    await rowNamed('Archive');
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });
});
