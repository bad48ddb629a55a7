import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { anExport, anExportOver, anInactiveExport, anOption } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const idsOf = (exports: readonly contract.Export[]) => `?ids=${exports.map(({ id }) => id).join(',')}`;
const allDone = (exports: readonly contract.Export[]): contract.BulkResult => ({
  done: exports.map(({ id }) => id),
  refused: [],
});
const viewOnly = { access: { hasConnection: true, mayUseConnection: false, couldManageBefore: false } };
const daily: contract.Schedule = { isOn: true, plan: { type: 'daily', times: ['08:00'], timeZone: 'Europe/Berlin' } };

describe('removing exports', () => {
  it('says what stays, starts on Cancel, and removes once', async () => {
    const one = anExport({ name: 'Weekly' });
    const { api, user, address } = showExports(`/remove${idsOf([one])}&search=we`, { exports: [one] });
    api.on(contract.removeExports, () => allDone([one]));
    const dialog = await screen.findByRole('alertdialog', { name: 'Remove Weekly?' });
    expect(within(dialog).getByText('What it has written stays where it is.')).toBeInTheDocument();
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus());
    await user.dblClick(within(dialog).getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('Weekly is removed.')).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(/\/exports\?search=we$/));
    expect(api.asked(contract.removeExports).map(({ body }) => body.exportIds)).toEqual([[one.id]]);
  });

  it('removes nothing on Cancel', async () => {
    const one = anExport();
    const { api, user, address } = showExports(`/remove${idsOf([one])}`, { exports: [one] });
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
    expect(api.asked(contract.removeExports)).toEqual([]);
  });

  it('names several, and afterwards those that the server refused with the reason', async () => {
    const [lake, pond] = [anExport({ name: 'Lake' }), anExport({ name: 'Pond' })];
    const { api, user, address } = showExports(`/remove${idsOf([lake, pond])}`, { exports: [lake, pond] });
    api.on(contract.removeExports, () => ({
      done: [lake.id],
      refused: [{ id: pond.id, name: 'Pond', code: 'forbidden', message: 'It is no longer shared with you.' }],
    }));
    const dialog = await screen.findByRole('alertdialog', { name: 'Remove 2 exports?' });
    const named = within(within(dialog).getByRole('list', { name: 'Exports' })).getAllByRole('listitem');
    expect(named.map((item) => item.textContent)).toEqual(['Lake', 'Pond']);
    await user.click(within(dialog).getByRole('button', { name: 'Remove 2 exports' }));
    const result = await screen.findByRole('alertdialog', { name: 'Not all exports are removed' });
    expect(within(result).getByText(/Done for 1 export\. Not done for 1 export/)).toBeInTheDocument();
    expect(within(result).getByRole('listitem')).toHaveTextContent('PondIt is no longer shared with you.');
    await user.click(within(result).getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('shows many names on demand', async () => {
    const many = Array.from({ length: 12 }, (_, index) => anExport({ name: `Export ${index + 1}` }));
    const { user } = showExports(`/remove${idsOf(many)}`, { exports: many });
    const dialog = await screen.findByRole('alertdialog', { name: 'Remove 12 exports?' });
    expect(within(dialog).queryByText('Export 12')).not.toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'and 4 more' }));
    expect(within(dialog).getByText('Export 12')).toBeInTheDocument();
  });

  it('says so when they are gone already', async () => {
    const { user, address } = showExports(`/remove${idsOf([anExport()])}`);
    const dialog = await screen.findByRole('alertdialog', { name: 'Nothing to do' });
    await user.click(within(dialog).getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('stays open when the server cannot do it', async () => {
    const one = anExport({ name: 'Weekly' });
    const { api, user } = showExports(`/remove${idsOf([one])}`, { exports: [one] });
    api.on(contract.removeExports, () => refuse('unavailable', { detail: 'The database is away.' }));
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('The database is away.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Remove' })).toBeEnabled();
  });
});

describe('detaching exports', () => {
  it('says that they become inactive and remember the connection', async () => {
    const lake = anOption({ name: 'Lake' });
    const [one, other] = [anExportOver(lake, { name: 'One' }), anExport({ name: 'Other', ...viewOnly })];
    const { api, user, address } = showExports(`/detach${idsOf([one, other])}`, {
      role: 'contributor',
      exports: [one, other],
    });
    api.on(contract.detachExports, () => allDone([one]));
    const dialog = await screen.findByRole('alertdialog', { name: 'Detach One from its connection?' });
    expect(within(dialog).getByText('1 of 2 selected; 1 is view only.')).toBeInTheDocument();
    expect(within(dialog).getByText(/It becomes inactive/)).toBeInTheDocument();
    expect(within(dialog).getByText(/It remembers Lake/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Detach connection' }));
    expect(await screen.findByText('One is detached, and inactive now.')).toBeInTheDocument();
    expect(api.asked(contract.detachExports).map(({ body }) => body.exportIds)).toEqual([[one.id]]);
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('is not offered for what cannot be detached', async () => {
    const one = anExport(viewOnly);
    showExports(`/detach${idsOf([one])}`, { role: 'contributor', exports: [one] });
    const dialog = await screen.findByRole('alertdialog', { name: 'Nothing to do' });
    expect(within(dialog).getByText('You can only view this export.')).toBeInTheDocument();
    expect(within(dialog).queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('says why of several, and of one that has no connection', async () => {
    const several = [anExport(viewOnly), anExport(viewOnly)];
    const { router } = showExports(`/detach${idsOf(several)}`, { role: 'contributor', exports: several });
    expect(await screen.findByText(/0 of 2 selected; 2 are view only\.$/)).toBeInTheDocument();
    await router.navigate('/');
    const one = anInactiveExport();
    showExports(`/detach${idsOf([one])}`, { exports: [one] });
    expect(await screen.findByText('This export has no connection.')).toBeInTheDocument();
  });
});

describe('connecting exports', () => {
  const lost = () => [anInactiveExport({}, { name: 'One' }), anInactiveExport({}, { name: 'Other' })];

  it('takes one of the connections that one may use', async () => {
    const exports = lost();
    const lake = anOption({ name: 'Lake' });
    const { api, user, address } = showExports(`/connect${idsOf(exports)}`, {
      role: 'contributor',
      exports,
      options: [lake, anOption({ name: 'Pond', health: 'failing' })],
    });
    api.on(contract.connectExports, () => allDone(exports));
    const pane = await screen.findByRole('dialog', { name: 'Connect 2 exports to…' });
    const connect = within(pane).getByRole('button', { name: 'Connect' });
    expect(connect).toBeDisabled();
    await user.click(await within(pane).findByRole('combobox', { name: /Connection for these exports/ }));
    await user.click(await screen.findByRole('option', { name: /Lake/ }));
    await user.click(connect);
    expect(await screen.findByText('2 exports are connected to Lake.')).toBeInTheDocument();
    expect(api.asked(contract.connectExports).map(({ body }) => body)).toEqual([
      { exportIds: exports.map(({ id }) => id), connectionId: lake.id },
    ]);
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('offers connections that take what they send', async () => {
    const [files, rows] = [
      [anExport({ type: 'sftp' }), anExport({ type: 'adls-gen2' })],
      [anExport({ type: 'http-webhook' })],
    ];
    const filterOf = async (exports: contract.Export[]) => {
      const { api, router } = showExports(`/connect${idsOf(exports)}`, {
        exports,
        options: [anOption({ name: 'Lake' })],
      });
      const note = await screen.findByText(/^Shown are connections that take/);
      const filters = api.asked(contract.listConnectionOptions).map(({ query }) => query.filter);
      const said = note.textContent;
      await router.navigate('/');
      await waitFor(() => expect(note).not.toBeInTheDocument());
      return { said, filters: [...new Set(filters)] };
    };
    expect(await filterOf(files)).toMatchObject({
      said: expect.stringMatching(/take files.*To send rows instead, edit each export\./s),
      filters: ["type in ('adls-gen2','azure-blob','local-folder','sftp')"],
    });
    expect(await filterOf(rows)).toMatchObject({
      said: expect.stringMatching(/take rows.*To send files instead, edit the export\./s),
      filters: ["type in ('http-webhook')"],
    });
  });

  it('tells what was refused', async () => {
    const exports = lost();
    const { api, user } = showExports(`/connect${idsOf(exports)}`, { exports, options: [anOption({ name: 'Lake' })] });
    api.on(contract.connectExports, () => ({
      done: [],
      refused: exports.map(({ id, name }) => ({ id, name, code: 'connectionGone', message: 'Lake was removed.' })),
    }));
    await user.click(await screen.findByRole('combobox', { name: /Connection for these exports/ }));
    await user.click(await screen.findByRole('option', { name: /Lake/ }));
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    const pane = await screen.findByRole('dialog', { name: 'Not all exports are connected' });
    expect(within(pane).getByText(/Nothing was changed/)).toBeInTheDocument();
    expect(within(pane).getAllByText('Lake was removed.')).toHaveLength(2);
  });

  it('says whom to ask where nothing is shared', async () => {
    const exports = lost();
    showExports(`/connect${idsOf(exports)}`, { role: 'contributor', exports });
    expect(await screen.findByText(/Ask Olga Owner, who owns this environment, or another admin/)).toBeInTheDocument();
  });

  it('sends an admin without connections to set one up', async () => {
    const exports = lost();
    const { api, user, address } = showExports(`/connect${idsOf(exports)}`, { exports });
    api.on(contract.getSampleLake, () => ({ sample: null }));
    api.on(contract.getConnectionSummary, () => ({ total: 0, byType: {}, byStatus: {} }));
    await user.click(await screen.findByRole('button', { name: 'Add connection' }));
    await waitFor(() => expect(address()).toMatch(/\/connections\/discover$/));
  });

  it('is for those who could manage it before', async () => {
    const exports = [anInactiveExport({}, { couldManageBefore: false })];
    showExports(`/connect${idsOf(exports)}`, { role: 'contributor', exports });
    expect(await screen.findByText('You may not connect what is selected to another connection.')).toBeInTheDocument();
  });
});

describe('scheduling exports', () => {
  it('turns the schedules of several on or off, and keeps them', async () => {
    const exports = [anExport({ schedule: daily }), anExport()];
    const { api, user } = showExports(`/schedule${idsOf(exports)}`, { exports });
    api.on(contract.scheduleExports, () => allDone(exports));
    const pane = await screen.findByRole('dialog', { name: 'Schedule 2 exports' });
    expect(within(pane).getByText(/1 of them has no schedule yet/)).toBeInTheDocument();
    await user.click(within(pane).getByRole('radio', { name: 'Off' }));
    await user.click(within(pane).getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The schedules of 2 exports are off.')).toBeInTheDocument();
    expect(api.asked(contract.scheduleExports).map(({ body }) => body.set)).toEqual(['off']);
  });

  it('gives several the same schedule', async () => {
    const exports = [anExport({ schedule: daily }), anExport()];
    const { api, user } = showExports(`/schedule${idsOf(exports)}`, { exports });
    api.on(contract.scheduleExports, () => allDone(exports));
    await user.click(await screen.findByRole('radio', { name: /Define one schedule for all of them/ }));
    await user.click(await screen.findByRole('switch', { name: 'Run on a schedule' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The schedules of 2 exports are on.')).toBeInTheDocument();
    expect(api.asked(contract.scheduleExports).map(({ body }) => body.set)).toEqual([
      expect.objectContaining({ isOn: true, plan: expect.objectContaining({ type: 'daily' }) }),
    ]);
  });

  it('changes the schedule of one', async () => {
    const one = anExport({ name: 'Weekly', schedule: daily });
    const { api, user, address } = showExports(`/schedule${idsOf([one])}`, { exports: [one] });
    api.on(contract.scheduleExports, () => allDone([one]));
    const pane = await screen.findByRole('dialog', { name: 'Schedule Weekly' });
    expect(within(pane).queryByText('Keep individual schedules')).not.toBeInTheDocument();
    await user.click(within(pane).getByRole('switch', { name: 'Run on a schedule' }));
    await user.click(within(pane).getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The schedule of Weekly is off.')).toBeInTheDocument();
    expect(api.asked(contract.scheduleExports).map(({ body }) => body.set)).toEqual([{ ...daily, isOn: false }]);
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('tells which have no schedule to turn on', async () => {
    const exports = [anExport({ name: 'Weekly', schedule: daily }), anExport({ name: 'Bare' })];
    const { api, user } = showExports(`/schedule${idsOf(exports)}`, { exports });
    api.on(contract.scheduleExports, () => ({
      done: [exports[0]?.id ?? ''],
      refused: [{ id: exports[1]?.id ?? '', name: 'Bare', code: 'noPlan', message: 'It has no schedule to turn on.' }],
    }));
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    const pane = await screen.findByRole('dialog', { name: 'Not all schedules are changed' });
    expect(within(pane).getByRole('listitem')).toHaveTextContent('BareIt has no schedule to turn on.');
  });
});
