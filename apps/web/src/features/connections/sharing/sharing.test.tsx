import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../testing/fixtures.ts';
import { refuse } from '../../../testing/mock-api.ts';
import { aConnection, aDependent, aUsage } from '../testing/connections.ts';
import { answerUsage, showConnections } from '../testing/show-connections.ts';

const [carl, dora] = [aMember({ name: 'Carl Contributor' }), aMember({ name: 'Dora Contributor' })];
const shared = (people: contract.Member[]): contract.SharingView => ({
  sharedWith: 'namedContributors',
  people: people.map(({ id, name }) => ({ id, name })),
});

const show = (path: string, connections: contract.Connection[], members = [carl, dora]) => {
  const shown = showConnections(path, connections);
  shown.api.on(contract.listMembers, ({ query }) => ({
    value: members.filter(({ name }) => name.toLowerCase().includes(query.search?.toLowerCase() ?? '')),
  }));
  shown.api.on(contract.shareConnections, ({ body }) => ({ changed: body.connectionIds.length }));
  return shown;
};

describe('who can use a connection', () => {
  it('can be contributors by name, found by typing a part of it', async () => {
    const lake = aConnection({ name: 'Lake' });
    const { api, user } = show(`/${lake.id}/edit`, [lake]);
    api.on(contract.updateConnection, () => ({ ...lake, sharing: shared([dora]) }));
    await user.click(await screen.findByRole('radio', { name: 'Administrators and named contributors' }));
    expect(screen.getByText('Still needed: “Contributors”.')).toBeInTheDocument();
    await user.type(screen.getByRole('combobox', { name: /Contributors/ }), 'dor');
    await waitFor(() =>
      expect(api.asked(contract.listMembers).at(-1)?.query).toMatchObject({
        search: 'dor',
        filter: "role in ('contributor')",
      }),
    );
    await waitFor(() => expect(screen.queryByRole('option', { name: /Carl Contributor/ })).toBeNull());
    await user.click(await screen.findByRole('option', { name: /Dora Contributor/ }));
    // Nobody loses it, so nothing is said about exports.
    expect(screen.queryByText(/view only/)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked(contract.updateConnection)[0]?.body).toEqual({
        sharing: { sharedWith: 'namedContributors', personIds: [dora.id] },
        saveAnyway: false,
      }),
    );
  });

  it('marks service accounts, which have no address to tell them by', async () => {
    const lake = aConnection({ name: 'Lake' });
    const program = aMember({ kind: 'service', name: 'Nightly loads', email: '' });
    const { user } = show(`/${lake.id}/edit`, [lake], [carl, program]);
    await user.click(await screen.findByRole('radio', { name: 'Administrators and named contributors' }));
    await user.type(screen.getByRole('combobox', { name: /Contributors/ }), 'nig');
    expect(await screen.findByRole('option', { name: /Nightly loads.*Service account/ })).toBeInTheDocument();
  });

  it('can be taken away again, after it is said what becomes of exports', async () => {
    const lake = aConnection({ name: 'Lake', usedBy: 4, sharing: shared([carl, dora]) });
    const { api, user } = show(`/${lake.id}/edit`, [lake]);
    // One of them only reads from it.
    answerUsage(api, () => aUsage([aDependent(), aDependent(), aDependent(), aDependent({ kind: 'reads' })]));
    const named = await screen.findByRole('list', { name: 'Named contributors' });
    expect(within(named).getAllByText('Carl Contributor')).not.toHaveLength(0);
    await user.click(within(named).getAllByRole('button', { name: /Remove/ })[0] as HTMLElement);
    expect(
      await screen.findByText(
        '3 exports over this connection become view only for Carl Contributor; nothing is deleted or detached.',
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: 'Administrators' }));
    expect(screen.getByText(/3 exports .* view only for Carl Contributor and Dora Contributor/)).toBeInTheDocument();
    expect(api.asked(contract.getConnectionUsage)).toHaveLength(1);
  });

  it('says what becomes of exports without their number where they cannot be counted', async () => {
    const lake = aConnection({ name: 'Lake', usedBy: 4, sharing: shared([carl]) });
    const { api, user } = show(`/${lake.id}/edit`, [lake]);
    api.on(contract.getConnectionUsage, () => refuse('tooManyRequests'));
    await user.click(await screen.findByRole('radio', { name: 'Administrators' }));
    expect(await screen.findByText(/^Exports over this connection become view only for Carl/)).toBeInTheDocument();
  });

  it('says so when there are no contributors', async () => {
    const lake = aConnection({ name: 'Lake' });
    const { user } = show(`/${lake.id}/edit`, [lake], []);
    await user.click(await screen.findByRole('radio', { name: 'Administrators and named contributors' }));
    expect(await screen.findByText(/There are no contributors in this environment yet/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Add one under Members' })).toBeInTheDocument();
  });

  it('shows what the server says about the people at the people', async () => {
    const lake = aConnection({ name: 'Lake', sharing: shared([carl]) });
    const { api, user } = show(`/${lake.id}/edit`, [lake]);
    api.on(contract.updateConnection, () =>
      refuse('invalidInput', {
        errors: [{ field: 'sharing.personIds', code: 'notContributor', message: 'Carl is no contributor any more.' }],
      }),
    );
    await user.type(await screen.findByRole('textbox', { name: 'Display name' }), '!');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Carl is no contributor any more.')).toHaveRole('alert');
  });
});

describe('sharing several connections', () => {
  const lake = aConnection({ name: 'Lake', usedBy: 2, sharing: { sharedWith: 'adminsAndContributors', people: [] } });
  const pond = aConnection({ name: 'Pond', usedBy: 1 });

  it('is a command for the selected rows', async () => {
    const { user, address } = show('', [lake, pond]);
    expect(within(await screen.findByRole('row', { name: /Lake/ })).getByText('Admins and contributors')).toBeVisible();
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Share' }));
    expect(await screen.findByRole('dialog', { name: 'Share 2 connections' })).toBeInTheDocument();
    expect(decodeURIComponent(address())).toMatch(new RegExp(`/share\\?ids=${lake.id},${pond.id}$`));
  });

  it('asks for a choice where they differ, and makes it for all of them', async () => {
    const { api, user, address } = show(`/share?ids=${lake.id},${pond.id}`, [lake, pond]);
    answerUsage(api, () => aUsage([aDependent(), aDependent()]));
    const dialog = await screen.findByRole('dialog', { name: 'Share 2 connections' });
    expect(within(dialog).getByText(/They are shared differently now/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole('radio', { name: 'Administrators' }));
    expect(
      await within(dialog).findByText(/2 exports over this connection become view only for contributors/),
    ).toBeInTheDocument();
    await user.click(within(dialog).getByRole('radio', { name: 'Administrators and contributors' }));
    expect(within(dialog).queryByText(/view only/)).toBeNull();
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Who can use 2 connections is changed.')).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
    expect(api.asked(contract.shareConnections).map(({ body }) => body)).toEqual([
      { connectionIds: [lake.id, pond.id], sharing: { sharedWith: 'adminsAndContributors', personIds: [] } },
    ]);
  });

  it('stays open and says why it did not work', async () => {
    const { api, user } = show(`/share?ids=${pond.id}`, [pond]);
    api.on(contract.shareConnections, () => refuse('notFound', { detail: 'Pond is not here any more.' }));
    const dialog = await screen.findByRole('dialog', { name: 'Share Pond' });
    expect(within(dialog).getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true');
    await user.click(within(dialog).getByRole('radio', { name: 'Administrators and contributors' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await within(dialog).findByText('Pond is not here any more.')).toBeInTheDocument();
  });
});
