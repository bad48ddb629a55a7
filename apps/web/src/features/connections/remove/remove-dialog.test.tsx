import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { aConnection } from '../testing/connections.ts';
import { later, showConnections } from '../testing/show-connections.ts';

describe('removing a connection', () => {
  it('says what happens, starts on Cancel, and removes once', async () => {
    const lake = aConnection({ name: 'Lake', etag: '"4"' });
    const { api, user, address } = showConnections(`/${lake.id}/remove`, [lake]);
    const answer = later<undefined>();
    api.on(contract.deleteConnection, async () => {
      await answer.promise;
      return undefined as never;
    });
    const dialog = await screen.findByRole('alertdialog', { name: 'Remove Lake?' });
    expect(within(dialog).getByText(/secrets and history of checks are destroyed/)).toBeInTheDocument();
    expect(within(dialog).getByText(/No export uses it/)).toBeInTheDocument();
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus());
    await user.dblClick(within(dialog).getByRole('button', { name: 'Remove' }));
    answer.settle(undefined);
    expect(await screen.findByText('Lake is removed.')).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
    expect(api.asked(contract.deleteConnection).map(({ headers }) => headers.get('if-match'))).toEqual(['"4"']);
  });

  it('removes nothing on Cancel', async () => {
    const lake = aConnection({ name: 'Lake' });
    const { api, user, address } = showConnections(`/${lake.id}/remove?search=la`, [lake]);
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(address()).toMatch(/\/connections\?search=la$/));
    expect(api.asked(contract.deleteConnection)).toEqual([]);
  });

  it('says so when it is gone already', async () => {
    const { api, user, address } = showConnections('/01990000-0000-7000-8000-00000000dead/remove');
    api.on(contract.getConnection, () => refuse('notFound'));
    const dialog = await screen.findByRole('alertdialog', { name: 'Nothing to remove' });
    await user.click(within(dialog).getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
  });
});

describe('removing several connections', () => {
  it('repeats the count, names what could not be removed, and tries that again', async () => {
    const [lake, pond] = [aConnection({ name: 'Lake' }), aConnection({ name: 'Pond', etag: '"old"' })];
    const { api, user, address } = showConnections(`/remove?ids=${lake.id},${pond.id}&search=o`, [lake, pond]);
    api.on(contract.deleteConnection, ({ params, headers }) => {
      const isStale = params.connectionId === pond.id && headers.get('if-match') === '"old"';
      // From here on the API knows what happened meanwhile: Lake is gone, and Pond has a newer version.
      api.on(contract.getConnection, (asked) =>
        asked.params.connectionId === pond.id ? { ...pond, etag: '"new"' } : refuse('notFound'),
      );
      return isStale
        ? refuse('preconditionFailed', { detail: 'Somebody changed Pond in the meantime.' })
        : (undefined as never);
    });
    await user.click(await screen.findByRole('button', { name: 'Remove 2 connections' }));
    expect(await screen.findByText('Lake is removed.')).toBeInTheDocument();
    expect(await screen.findByText('Not removed: Pond. Somebody changed Pond in the meantime.')).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('Pond is removed.')).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(/\/connections\?search=o$/));
  });
});
