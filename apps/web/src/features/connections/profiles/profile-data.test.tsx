import * as contract from '@junction/contracts';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aMember } from '../../../testing/fixtures.ts';
import { refuse } from '../../../testing/mock-api.ts';
import { nextId } from '../testing/connections.ts';
import { anAccess, anImportRun, aProfileConnection, aProfileImport, someColumns } from '../testing/profiles.ts';
import { showConnections } from '../testing/show-connections.ts';

const connection = aProfileConnection();
const rita = anAccess();
const otto = anAccess({ name: 'Otto Outside', email: 'otto@other.example', role: 'viewer' });

/** Shows the details of the connection, or what is over them, while its imports stand like this. */
const show = (standing: Partial<contract.ProfileImport> = {}, below = '') => {
  const shown = showConnections(`/${connection.id}${below}`, [connection]);
  const { api } = shown;
  api.on(contract.getProfileImport, () => aProfileImport({ connectionId: connection.id, ...standing }));
  api.on(contract.listProfileImports, () => ({ value: [anImportRun()] }));
  api.on(contract.listProfileAccess, () => ({ value: [rita, otto] }));
  api.on(contract.getCatalog, () => refuse('notFound'));
  return shown;
};
const section = (name: string) => screen.findByRole('region', { name });

describe('the profile data of a connection', () => {
  it('says how it stands, as of when, when it is looked again and how imports went', async () => {
    show({ unchangedAt: '2026-11-20T15:00:00Z' });
    const data = within(await section('Profile data'));
    expect(await data.findByText('Active')).toBeInTheDocument();
    expect(data.getByText(/120,000 customer profiles/)).toBeInTheDocument();
    expect(data.getByText(/Looks for new data every 6 hours/)).toBeInTheDocument();
    expect(data.getByText(/Nothing had changed/)).toBeInTheDocument();
    const history = within(await data.findByRole('list', { name: 'Imports, newest first' }));
    expect(history.getByText('Successful')).toBeInTheDocument();
    expect(history.getByText('By its schedule · 40 s')).toBeInTheDocument();
    // Nobody without access is led to the report.
    expect(data.queryByRole('link', { name: /Open the report/ })).toBeNull();
  });

  it('says so when no column is chosen', async () => {
    show({ mapping: {} });
    expect(await screen.findByText(/No column is chosen yet/)).toBeInTheDocument();
  });

  it('leads to the report who has access to it', async () => {
    const { api, queryClient } = show();
    await screen.findByText('Active');
    api.on(contract.listProfileReports, () => ({
      value: [
        {
          connection: { id: connection.id, name: connection.name },
          profiles: 1,
          dataAsOf: null,
          importedAt: null,
          hasFailed: false,
        },
      ],
    }));
    await queryClient.invalidateQueries();
    const link = await screen.findByRole('link', { name: 'Open the report of Contoso customers' });
    expect(link).toHaveAttribute('href', expect.stringMatching(new RegExp(`/profiles/${connection.id}$`)));
  });

  it('says why it fails, what to do, and that the last good report is kept', async () => {
    const problem = {
      code: 'authenticate.keyRejected',
      message: 'The account does not accept this key.',
      remedy: 'Replace the key under Edit.',
      isTransient: false,
    };
    show({ status: 'actionRequired', last: anImportRun({ state: 'failed', problem }) });
    const data = within(await section('Profile data'));
    expect(await data.findByText('Replace the key under Edit.')).toBeInTheDocument();
    expect(data.getByText(/The last good report, imported .* is kept\./)).toBeInTheDocument();
  });

  it('is followed every two seconds while an import is under way, and no longer than that', async () => {
    const { api, user } = show();
    const running = anImportRun({
      state: 'processing',
      phase: 'read',
      finishedAt: null,
      progress: { ...anImportRun().progress, bytesRead: 45_000_000, bytesTotal: 120_000_000 },
    });
    const data = within(await section('Profile data'));
    await data.findByText('Active');
    const under = aProfileImport({ connectionId: connection.id, status: 'importing', last: running });
    api.on(contract.startProfileImport, () => under);
    api.on(contract.getProfileImport, () => under);
    vi.useFakeTimers({ shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const asked = () => api.asked(contract.getProfileImport).length;
    const inSeconds = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));

    const before = asked();
    await inSeconds(5);
    expect(asked()).toBe(before);
    await user.click(data.getByRole('button', { name: 'Import now' }));
    expect(await data.findByText('Importing')).toBeInTheDocument();
    expect(data.getByText('Reading the customers: 45 MB of 120 MB')).toBeInTheDocument();
    const begun = asked();
    await inSeconds(5);
    expect(asked()).toBe(begun + 2);

    api.on(contract.getProfileImport, () => aProfileImport({ connectionId: connection.id }));
    const histories = api.asked(contract.listProfileImports).length;
    await inSeconds(3);
    expect(await data.findByText('Active')).toBeInTheDocument();
    await waitFor(() => expect(api.asked(contract.listProfileImports).length).toBeGreaterThan(histories));
    const ended = asked();
    await inSeconds(5);
    expect(asked()).toBe(ended);
  });

  it('cancels an import, and says why that was not possible', async () => {
    const { api, user } = show({ status: 'verifying', last: anImportRun({ state: 'processing', phase: 'verify' }) });
    api.on(contract.cancelProfileImport, () => refuse('runOver', { detail: 'The import is over already.' }));
    await user.click(await screen.findByRole('button', { name: 'Cancel import' }));
    expect((await screen.findByText('The import is over already.')).closest('[role=alert]')).toBeInTheDocument();
  });

  it('is imported from other columns, and less often', async () => {
    const { api, user, address } = show();
    api.on(contract.getProfileColumns, someColumns);
    api.on(contract.updateProfileImport, ({ body }) => aProfileImport({ connectionId: connection.id, ...body }));
    await user.click(await screen.findByRole('button', { name: 'Columns and schedule' }));
    await user.click(await screen.findByRole('combobox', { name: 'Country or region' }));
    const panel = within(screen.getByRole('dialog', { name: 'Columns and schedule' }));
    await user.click(await screen.findByRole('option', { name: 'Not there' }));
    await user.click(panel.getByRole('combobox', { name: /Look for new data/ }));
    await user.click(await screen.findByRole('option', { name: 'Every 12 hours' }));
    await user.click(panel.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/connections/${connection.id}$`)));
    expect(api.asked(contract.updateProfileImport).map(({ body }) => body)).toEqual([
      { mapping: { gender: 'Gender', birthDate: 'BirthDate' }, everyHours: 12 },
    ]);
  });
});

describe('access to profile data', () => {
  it('shows who has it, since when and by whom, and who looked, page by page', async () => {
    const { api, user } = show();
    const view = (name: string): contract.ProfileView => ({
      person: { id: nextId(), name },
      reportId: nextId(),
      firstAt: '2026-11-20T09:00:00Z',
      lastAt: '2026-11-20T09:10:00Z',
      requests: 7,
    });
    api.on(contract.listProfileViews, ({ query }) =>
      query.skiptoken === undefined
        ? {
            value: [view('Rita Reader')],
            nextLink: '/api/v1/environments/x/connections/y/profile-views?skiptoken=next',
          }
        : { value: [view('Otto Outside')] },
    );
    const access = within(await section('Access to profile data'));
    const people = within(await access.findByRole('list', { name: 'People with access to profile data' }));
    expect(people.getByText('Rita Reader')).toBeInTheDocument();
    expect(people.getAllByText(/by Alba Admin/)).toHaveLength(2);
    expect(people.getAllByText('Outside')).toHaveLength(1);
    expect(api.asked(contract.listProfileViews)).toEqual([]);
    await user.click(access.getByRole('button', { name: 'Who looked' }));
    const views = within(await access.findByRole('list', { name: /Who looked at the report/ }));
    expect(views.getByText(/7 requests/)).toBeInTheDocument();
    await user.click(access.getByRole('button', { name: 'Show earlier ones' }));
    expect(await views.findByText('Otto Outside')).toBeInTheDocument();
  });

  it('is given to members, with a word of warning and one about oneself', async () => {
    const { api, user, address, me } = show();
    const vera = aMember({ name: 'Vera Viewer', email: 'vera@contoso.example', role: 'viewer' });
    const self = aMember({ id: me.id, name: 'Ada Admin', role: 'admin' });
    api.on(contract.listMembers, () => ({ value: [vera, self, aMember({ id: rita.person.id, name: 'Rita Reader' })] }));
    api.on(contract.grantProfileAccess, ({ body }) => ({ ...rita, person: { ...rita.person, id: body.personId } }));
    await user.click(await screen.findByRole('button', { name: 'Add people' }));
    const panel = within(await screen.findByRole('dialog', { name: 'Add people' }));
    await user.click(await panel.findByRole('combobox', { name: 'Members' }));
    await user.click(await screen.findByRole('option', { name: /Vera Viewer/ }));
    // Who has it already is not offered.
    expect(screen.queryByRole('option', { name: /Rita Reader/ })).toBeNull();
    expect(panel.getByText(/Vera Viewer is a viewer/)).toBeInTheDocument();
    expect(panel.queryByText(/You give access to yourself/)).toBeNull();
    await user.click(panel.getByRole('combobox', { name: 'Members' }));
    await user.click(await screen.findByRole('option', { name: /Ada Admin/ }));
    expect(panel.getByText(/You give access to yourself/)).toBeInTheDocument();
    await user.click(panel.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText('Vera Viewer and Ada Admin can see the profile data now.')).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(new RegExp(`/connections/${connection.id}$`)));
    expect(api.asked(contract.grantProfileAccess).map(({ body }) => body)).toEqual([
      { personId: vera.id },
      { personId: me.id },
    ]);
  });

  it('is taken away after a question that says what that means', async () => {
    const { api, user, address } = show();
    api.on(contract.revokeProfileAccess, () => undefined);
    await user.click(await screen.findByRole('button', { name: 'Remove Rita Reader' }));
    const question = within(await screen.findByRole('alertdialog', { name: 'Remove the access of Rita Reader?' }));
    expect(question.getByText(/from the next request on/)).toBeInTheDocument();
    api.on(contract.listProfileAccess, () => ({ value: [otto] }));
    await user.click(question.getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('Rita Reader cannot see the profile data any more.')).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(new RegExp(`/connections/${connection.id}$`)));
    expect(api.asked(contract.revokeProfileAccess)[0]?.params.personId).toBe(rita.person.id);
    await waitFor(() => expect(screen.queryByText('Rita Reader')).toBeNull());
  });
});
