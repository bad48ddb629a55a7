import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { ada, anExport, anExportOver, anInactiveExport, anOption } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const thisYear = new Date().getFullYear();
const removedAt = `${thisYear}-03-12T09:00:00Z`;

const show = (one: contract.Export, role: contract.Role = 'admin') =>
  showExports(`/${one.id}`, { role, exports: [one] });
const paneOf = (one: contract.Export) => screen.findByRole('dialog', { name: one.name });
const commandsOf = (pane: HTMLElement) =>
  within(pane)
    .queryAllByRole('menuitem')
    .map((item) => item.querySelector('.ms-Button-label')?.textContent);
const daily: contract.Schedule = {
  isOn: true,
  plan: { type: 'daily', times: ['08:00'], timeZone: 'America/New_York' },
};

describe('the details of an export', () => {
  it('show what goes where, as what, and when', async () => {
    const one = anExportOver(anOption({ name: 'Contoso lake', health: 'failing' }), {
      name: 'Weekly',
      folder: 'crm/weekly',
      format: { type: 'csvGzip', delimiter: ';', hasHeader: true, escapeFormulas: false },
      schedule: daily,
      nextRuns: ['2026-11-23T13:00:00Z', '2026-11-24T13:00:00Z', '2026-11-25T13:00:00Z'],
      entities: [
        {
          entityId: '01990000-0000-7000-8000-0000000000e1',
          name: 'Customer',
          source: { connectionId: '01990000-0000-7000-8000-0000000000c1', name: 'Source lake' },
          columns: [{ name: 'CustomerId', as: 'id' }, { name: 'City' }],
          filter: { match: 'all', of: [{ column: 'City', is: 'equals', value: 'Berlin' }] },
          problem: { code: 'gone', message: 'It is no longer in the source.', remedy: 'Refresh the entities.' },
          mayPreview: true,
        },
      ],
    });
    show(one, 'viewer');
    const pane = await paneOf(one);
    for (const text of [
      'Not started',
      'Contoso lake',
      'Failing',
      'from Source lake',
      '2 columns: CustomerId as id and City',
      'Rows where City is Berlin',
      'It is no longer in the source. Refresh the entities.',
      'crm/weekly',
      'Daily at 08:00 (America/New_York)',
      'Your time zone, Europe/Berlin',
      'Ada Admin',
    ]) {
      expect(within(pane).getByText(text)).toBeInTheDocument();
    }
    expect(within(pane).getByText(/crm\/weekly\/Weekly\/Customer\/<yyyy>/)).toBeInTheDocument();
    // New York's 08:00 on the viewer's clock.
    expect(within(pane).getAllByText(/\b0?2:00 ?PM|14:00/)).toHaveLength(3);
    expect(commandsOf(pane)).toEqual([]);
  });

  it.each([
    ['admin', ['Edit', 'Run', 'Create duplicate', 'Schedule…', 'Detach connection', 'Connect to…', 'Remove']],
    ['viewer', []],
  ] as const)('offer a %s what the row offers', async (role, expected) => {
    const one = anExport();
    show(one, role);
    const pane = await paneOf(one);
    await waitFor(() => expect(commandsOf(pane)).toEqual(expected));
  });

  it('say that the connection is well, too', async () => {
    const one = anExport();
    show(one);
    expect(within(await paneOf(one)).getByText('Healthy')).toBeInTheDocument();
  });

  it('lead to the dialogs and come back', async () => {
    const one = anExport({ name: 'Weekly' });
    const { user, address } = show(one);
    await user.click(await screen.findByRole('menuitem', { name: 'Detach connection' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/detach\\?ids=${one.id}$`)));
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${one.id}$`)));
  });

  it.each([
    ['it is gone', '/01990000-0000-7000-8000-00000000dead', 'Export', 'notFound'],
    ['its address is that of no export', '/nothing', 'Export', 'invalidInput'],
    ['it is to be edited and gone', '/01990000-0000-7000-8000-00000000dead/edit', 'Edit export', 'notFound'],
  ] as const)('say so when %s, and lead to the list', async (_, path, title, code) => {
    const { api, user, address } = showExports(path);
    api.on(contract.getExport, () => refuse(code, { detail: '/api/docs lists what there is.' }));
    const pane = await screen.findByRole('dialog', { name: title });
    expect(await within(pane).findByText('There is no such export any more.')).toBeInTheDocument();
    expect(within(pane).queryByText(/api\/docs/)).toBeNull();
    expect(within(pane).queryByRole('button', { name: 'Retry' })).toBeNull();
    await user.click(within(pane).getByRole('button', { name: 'Show the list of exports' }));
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('can be read again when the server could not', async () => {
    const one = anExport({ name: 'Weekly' });
    const { api, user } = show(one);
    api.on(contract.getExport, () => refuse('unavailable', { detail: 'The database is away.' }));
    expect(await screen.findByText('The database is away.')).toBeInTheDocument();
    api.on(contract.getExport, () => one);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await paneOf(one)).toBeInTheDocument();
  });
});

describe('why an export is inactive', () => {
  const reason = (pane: HTMLElement) =>
    within(pane)
      .getByText(/activate (it|this export)/)
      .closest('span')?.textContent;
  const ask = 'To activate it, ask Olga Owner, who owns this environment, or another admin.';
  const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', timeZone: 'Europe/Berlin' }).format(
    new Date(removedAt),
  );

  it.each([
    [
      'connectionRemoved',
      'admin',
      `Its connection Contoso lake was removed on ${day} by Ada Admin. Connect it to another one to activate it.`,
    ],
    ['connectionRemoved', 'viewer', `Its connection Contoso lake was removed on ${day} by Ada Admin. ${ask}`],
    [
      'connectionDetached',
      'contributor',
      `Its connection Contoso lake was detached on ${day} by Ada Admin. Connect it again to activate it.`,
    ],
    ['neverConnected', 'admin', 'It was set up without a connection. Connect it to activate it.'],
    [
      'sourceRemoved',
      'admin',
      `The connection Contoso lake, which it reads from, was removed on ${day} by Ada Admin. Restore it, or leave out what was read from there, to activate this export.`,
    ],
    [
      'sourceRemoved',
      'viewer',
      `The connection Contoso lake, which it reads from, was removed on ${day} by Ada Admin. ${ask}`,
    ],
  ] as const)('is said in words: %s to a %s', async (because, role, words) => {
    const one = anInactiveExport({ because, at: removedAt, by: ada });
    show(one, role);
    expect(reason(await paneOf(one))).toBe(words);
  });

  it('sets the name of the connection apart', async () => {
    const one = anInactiveExport({ at: removedAt });
    show(one);
    expect(within(await paneOf(one)).getByText('Contoso lake').tagName).toBe('EM');
  });

  it('leads to the cure', async () => {
    const one = anInactiveExport();
    const { user, address } = show(one, 'contributor');
    await user.click(await screen.findByRole('button', { name: 'Connect to…' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/connect\\?ids=${one.id}$`)));
  });

  it('names the year when it is another one', async () => {
    const one = anInactiveExport({ at: '2024-03-12T09:00:00Z' });
    show(one);
    expect(within(await paneOf(one)).getByText(/2024/)).toBeInTheDocument();
  });
});
