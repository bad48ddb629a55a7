import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { aConnection, aRemovedConnection } from '../testing/connections.ts';
import { showConnections } from '../testing/show-connections.ts';

const removed = aRemovedConnection({ name: 'Old lake', exports: 3 });
const none = { count: 0, value: [] };

const show = (path = '/removed', value = [removed]) => {
  const shown = showConnections(path);
  shown.api.on(contract.listRemovedConnections, () => ({ value }));
  shown.api.on(contract.getRemovedConnection, () => removed);
  return shown;
};
const restoreFromMenu = async ({ user }: ReturnType<typeof show>) => {
  await user.click(await screen.findByRole('button', { name: 'Actions for Old lake' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Restore' }));
};

describe('removed connections', () => {
  it('are a place of their own, which says what each was and until when it can come back', async () => {
    const { user, address, api } = show('');
    await user.click(await screen.findByRole('tab', { name: 'Removed' }));
    expect(address()).toMatch(/\/connections\/removed$/);
    const row = await screen.findByRole('row', { name: /Old lake/ });
    for (const text of ['Azure Data Lake Storage Gen2', 'by Alba Admin', 'December 20, 2026', '3 exports'])
      expect(within(row).getByText(text)).toBeInTheDocument();
    await user.type(screen.getByRole('searchbox', { name: 'Search removed' }), 'old{Enter}');
    await waitFor(() => expect(api.asked(contract.listRemovedConnections).at(-1)?.query.search).toBe('old'));
  });

  it('say what they are for while there is none', async () => {
    show('/removed', []);
    expect(await screen.findByText('Nothing to restore')).toBeVisible();
  });

  it('are restored', async () => {
    const shown = show();
    shown.api.on(contract.restoreConnection, () => {
      shown.api.on(contract.listRemovedConnections, () => ({ value: [] }));
      return { connection: aConnection({ name: 'Old lake' }), reattached: none, left: none, withSource: 0 };
    });
    await restoreFromMenu(shown);
    expect(await screen.findByText('Old lake is back.')).toBeInTheDocument();
    expect(await screen.findByText('Nothing to restore')).toBeVisible();
  });

  it('keep the focus where one was restored: at the next, and in the page after the last', async () => {
    const [pond, river] = [aRemovedConnection({ name: 'Pond' }), aRemovedConnection({ name: 'River' })];
    const shown = show('/removed', [pond, removed, river]);
    shown.api.on(contract.restoreConnection, ({ params }) => {
      shown.api.on(contract.listRemovedConnections, () => ({
        value: params.connectionId === removed.id ? [pond, river] : [],
      }));
      return { connection: aConnection({ name: 'Old lake' }), reattached: none, left: none, withSource: 0 };
    });
    await restoreFromMenu(shown);
    await waitFor(() => expect(screen.queryByRole('row', { name: /Old lake/ })).toBeNull());
    await waitFor(() => expect(screen.getByRole('button', { name: 'Actions for River' })).toHaveFocus());
    await shown.user.click(screen.getByRole('button', { name: 'Actions for Pond' }));
    await shown.user.click(await screen.findByRole('menuitem', { name: 'Restore' }));
    expect(await screen.findByText('Nothing to restore')).toBeVisible();
    await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
  });

  it('are restored together, and one whose name is taken does not hold up the others', async () => {
    const other = aRemovedConnection({ name: 'Pond' });
    const { api, user, address } = show('/removed', [removed, other]);
    api.on(contract.restoreConnection, ({ params }) =>
      params.connectionId === removed.id
        ? refuse('nameTaken')
        : { connection: aConnection({ name: 'Pond' }), reattached: none, left: none, withSource: 0 },
    );
    await screen.findByRole('row', { name: /Old lake/ });
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Restore' }));
    expect(await screen.findByText('Pond is back.')).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: 'Choose another name' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/removed/${removed.id}/restore$`)));
  });

  it('get another name where theirs has been taken', async () => {
    const shown = show();
    shown.api.on(contract.restoreConnection, ({ body }) =>
      body.name === 'Old lake 2'
        ? { connection: aConnection({ name: 'Old lake 2' }), reattached: none, left: none, withSource: 0 }
        : refuse('nameTaken', { detail: 'Another connection has this name.' }),
    );
    await restoreFromMenu(shown);
    const dialog = await screen.findByRole('dialog', { name: 'Restore Old lake' });
    const name = within(dialog).getByRole('textbox', { name: 'Display name' });
    await waitFor(() => expect(name).toHaveFocus());
    await shown.user.click(within(dialog).getByRole('button', { name: 'Restore' }));
    expect(await within(dialog).findByText('Another connection has this name.')).toBeInTheDocument();
    await shown.user.type(name, ' 2');
    await shown.user.click(within(dialog).getByRole('button', { name: 'Restore' }));
    expect(await screen.findByText('Old lake 2 is back.')).toBeInTheDocument();
    await waitFor(() => expect(shown.address()).toMatch(/\/connections$/));
    // It is not among the removed any more, so it is not asked for there.
    expect(shown.api.asked(contract.getRemovedConnection)).toHaveLength(1);
  });

  it('are restored from an address, and asked for another name only once theirs is known to be taken', async () => {
    const { api, user } = show(`/removed/${removed.id}/restore`);
    api.on(contract.restoreConnection, () => refuse('nameTaken', { detail: 'Another connection has this name.' }));
    const dialog = await screen.findByRole('dialog', { name: 'Restore Old lake' });
    expect(within(dialog).getByText('It comes back with its secrets, and 3 exports with it.')).toBeInTheDocument();
    expect(within(dialog).queryByRole('textbox')).toBeNull();
    await user.click(within(dialog).getByRole('button', { name: 'Restore' }));
    const name = await within(dialog).findByRole('textbox', { name: 'Display name' });
    await waitFor(() => expect(name).toHaveFocus());
    expect(within(dialog).getByText('Another connection has this name.')).toBeInTheDocument();
    expect(within(dialog).getByText(/Another connection has taken its name/)).toBeInTheDocument();
  });

  it('say so when one cannot be restored any more', async () => {
    const { api } = show(`/removed/${removed.id}/restore`);
    api.on(contract.getRemovedConnection, () => refuse('notFound'));
    expect(await screen.findByText(/It cannot be restored any more/)).toBeInTheDocument();
  });
});
