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
      return { connection: aConnection({ name: 'Old lake' }), reattached: none, left: none };
    });
    await restoreFromMenu(shown);
    expect(await screen.findByText('Old lake is back.')).toBeInTheDocument();
    expect(await screen.findByText('Nothing to restore')).toBeVisible();
  });

  it('are restored together, and one whose name is taken does not hold up the others', async () => {
    const other = aRemovedConnection({ name: 'Pond' });
    const { api, user, address } = show('/removed', [removed, other]);
    api.on(contract.restoreConnection, ({ params }) =>
      params.connectionId === removed.id
        ? refuse('nameTaken')
        : { connection: aConnection({ name: 'Pond' }), reattached: none, left: none },
    );
    await screen.findByRole('row', { name: /Old lake/ });
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
    await user.click(screen.getByRole('menuitem', { name: 'Restore' }));
    expect(await screen.findByText('Pond is back.')).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: 'Choose another name' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/removed/${removed.id}/restore$`)));
  });

  it('get another name where theirs has been taken', async () => {
    const shown = show();
    shown.api.on(contract.restoreConnection, ({ body }) =>
      body.name === 'Old lake 2'
        ? { connection: aConnection({ name: 'Old lake 2' }), reattached: none, left: none }
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
  });

  it('say so when one cannot be restored any more', async () => {
    const { api } = show(`/removed/${removed.id}/restore`);
    api.on(contract.getRemovedConnection, () => refuse('notFound'));
    expect(await screen.findByText(/It cannot be restored any more/)).toBeInTheDocument();
  });
});
