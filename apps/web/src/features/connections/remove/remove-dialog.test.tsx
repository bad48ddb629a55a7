import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { aConnection, aDependent, aRemoval, aUsage, failedCheck } from '../testing/connections.ts';
import { answerUsage, later, showConnections } from '../testing/show-connections.ts';

const lake = aConnection({ name: 'Lake', etag: '"4"' });
const pond = aConnection({ name: 'Pond', status: 'failing' });
const dependents = [
  aDependent({ name: 'Weekly customers', hasLiveRun: true }),
  aDependent({ name: 'Daily orders', schedule: null, lastRunAt: null }),
  aDependent({ name: 'Reader', kind: 'reads' }),
  aDependent({ name: 'Customer', kind: 'entity', schedule: null, lastRunAt: null, owner: null }),
];
const many = Array.from({ length: 11 }, (_, index) => aDependent({ name: `Export ${index}` }));

const show = (items = dependents, path = `/${lake.id}/remove`) => {
  const shown = showConnections(path, [lake, pond]);
  answerUsage(shown.api, (id) => (id === lake.id ? aUsage(items, '"u1"') : aUsage([], '"u2"')));
  return shown;
};
const dialogOf = (name = 'Remove Lake?') => screen.findByRole('alertdialog', { name });

describe('removing a connection', () => {
  it('shows everything that depends on it, in groups, and starts on Cancel', async () => {
    show();
    const dialog = await dialogOf();
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus());
    const writes = await within(dialog).findByRole('region', { name: '2 exports write to it' });
    const weekly = await within(writes).findByRole('row', { name: /Weekly customers/ });
    for (const text of ['Run under way', 'Weekly on Monday at 08:00 (UTC)', 'Alba Admin'])
      expect(within(weekly).getByText(text)).toBeInTheDocument();
    expect(await within(writes).findByRole('row', { name: /Daily orders/ })).toHaveTextContent(/None.*Never/);
    const reads = within(dialog).getByRole('region', { name: '1 export only reads from it' });
    expect(await within(reads).findByText('Reader')).toBeInTheDocument();
    const entities = within(dialog).getByRole('region', { name: '1 entity is read from it' });
    expect(await within(entities).findByText('Customer')).toBeInTheDocument();
    expect(within(dialog).getByText(/2 exports become inactive: they keep their definition/)).toBeInTheDocument();
    expect(within(dialog).getByText(/1 run under way is canceled/)).toBeInTheDocument();
  });

  it('removes once, with the version of what was confirmed, and undoes it from the message', async () => {
    const { api, user, address } = show();
    const answer = later<contract.Removal>();
    api.on(contract.deleteConnection, () => answer.promise);
    api.on(contract.restoreConnection, () => ({
      connection: lake,
      reattached: { count: 2, value: dependents.slice(0, 2).map(({ id, name }) => ({ id, name })) },
      left: { count: 1, value: [{ id: lake.id, name: 'Reader' }] },
      withSource: 0,
    }));
    const dialog = await dialogOf();
    await user.dblClick(await within(dialog).findByRole('button', { name: 'Remove and inactivate 3 exports' }));
    // While it is under way nothing can be pressed, and Escape does not lose it.
    expect(within(dialog).getByRole('button', { name: 'Removing …' })).toBeDisabled();
    expect(within(dialog).getByRole('button', { name: 'Cancel' })).toBeDisabled();
    await user.keyboard('{Escape}');
    expect(dialog).toBeInTheDocument();
    answer.settle(aRemoval({ inactivated: 2, withoutSource: 1, canceledRuns: 1 }));
    expect(
      await screen.findByText(/Lake is removed\. 3 exports are inactive now\. 1 run was canceled\./),
    ).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
    const asked = api.asked(contract.deleteConnection);
    expect(asked.map(({ query }) => query)).toEqual([{ usage: '"u1"' }]);
    expect(asked[0]?.headers.get('if-match')).toBe('"4"');
    // The page it was removed on is gone by now.
    await user.click(await screen.findByRole('tab', { name: 'Discover' }));
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(
      await screen.findByText(
        'Lake is back. 2 exports are connected again: Weekly customers and Daily orders; 1 stays as it is (moved, connected elsewhere or edited since): Reader.',
      ),
    ).toBeInTheDocument();
    expect(api.asked(contract.restoreConnection).map(({ params, body }) => [params.connectionId, body])).toEqual([
      [lake.id, {}],
    ]);
  });

  it('is just “Remove” when nothing depends on it, and offers no Undo where nothing is kept', async () => {
    const { api, user } = show([]);
    api.on(contract.deleteConnection, () => aRemoval({ restorableUntil: null }));
    const dialog = await dialogOf();
    expect(await within(dialog).findByText(/Nothing depends on it/)).toBeInTheDocument();
    expect(within(dialog).queryByRole('button', { name: /Move/ })).toBeNull();
    await user.click(within(dialog).getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('Lake is removed.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('removes nothing on Cancel', async () => {
    const { api, user, address } = show(dependents, `/${lake.id}/remove?search=la`);
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(address()).toMatch(/\/connections\?search=la$/));
    expect(api.asked(contract.deleteConnection)).toEqual([]);
  });

  it('asks for the name when much depends on it', async () => {
    const { api, user } = show(many);
    api.on(contract.deleteConnection, () => aRemoval({ inactivated: 11 }));
    const dialog = await dialogOf();
    const button = await within(dialog).findByRole('button', { name: 'Remove and inactivate 11 exports' });
    expect(button).toBeDisabled();
    const field = within(dialog).getByLabelText('Type “Lake” to confirm');
    await user.type(field, 'lake');
    expect(button).toBeDisabled();
    await user.clear(field);
    await user.type(field, 'Lake');
    await user.click(button);
    await screen.findByText(/Lake is removed/);
    expect(api.asked(contract.deleteConnection)[0]?.query).toEqual({ usage: '"u1"', confirmName: 'Lake' });
  });

  it('shows the new list and asks again when what depends on it has changed', async () => {
    const { api, user } = show(dependents);
    const after = aUsage([...dependents, aDependent({ name: 'New one' })], '"u9"');
    api.on(contract.deleteConnection, ({ query }) => {
      if (query.usage === '"u9"') return aRemoval({ inactivated: 4 });
      answerUsage(api, () => after);
      return refuse('usageChanged', { usage: after });
    });
    const dialog = await dialogOf();
    await within(dialog).findByRole('row', { name: /Daily orders/ });
    await within(dialog).findByText('Reader');
    await user.click(within(dialog).getByRole('button', { name: 'Remove and inactivate 3 exports' }));
    expect(await within(dialog).findByText(/has changed since you looked: 1 export was added/)).toBeInTheDocument();
    expect(await within(dialog).findByText('New one')).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Remove and inactivate 4 exports' }));
    expect(await screen.findByText(/Lake is removed/)).toBeInTheDocument();
  });

  it('says why the list could not be read, and tries again', async () => {
    const { api, user } = show();
    api.on(contract.getConnectionUsage, () => refuse('unavailable', { detail: 'The database is away.' }));
    const dialog = await dialogOf();
    expect(await within(dialog).findByText('The database is away.')).toBeInTheDocument();
    expect(within(dialog).getByRole('button', { name: 'Remove' })).toBeDisabled();
    answerUsage(api, () => aUsage(dependents));
    await user.click(within(dialog).getByRole('button', { name: 'Retry' }));
    expect(await within(dialog).findByText('Weekly customers')).toBeInTheDocument();
  });

  it('says so when it is gone already', async () => {
    const { api, user, address } = showConnections('/01990000-0000-7000-8000-00000000dead/remove');
    api.on(contract.getConnection, () => refuse('notFound'));
    const dialog = await dialogOf('Nothing to remove');
    await user.click(within(dialog).getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
  });
});

describe('moving its exports instead', () => {
  const openMove = async () => {
    const shown = show();
    const dialog = await dialogOf();
    await shown.user.click(await within(dialog).findByRole('button', { name: 'Move 2 exports to another connection' }));
    return { ...shown, dialog: await dialogOf('Move 2 exports and remove Lake?') };
  };

  it('offers every other connection that takes data, with how it is', async () => {
    const { api, user, dialog } = await openMove();
    expect(await within(dialog).findByRole('radio', { name: /Pond.*Failing/ })).toBeInTheDocument();
    expect(within(dialog).queryByRole('radio', { name: /^Lake/ })).toBeNull();
    expect(api.asked(contract.listConnections).at(-1)?.query).toMatchObject({
      filter: "type in ('adls-gen2','azure-blob','local-folder','sftp')",
    });
    await user.type(within(dialog).getByRole('searchbox', { name: 'Search connections' }), 'po{Enter}');
    await waitFor(() => expect(api.asked(contract.listConnections).at(-1)?.query).toMatchObject({ search: 'po' }));
    await user.click(within(dialog).getByRole('button', { name: 'Back' }));
    expect(await dialogOf()).toBeInTheDocument();
  });

  it('shows why the other connection does not do, moves nothing, and moves once it does', async () => {
    const { api, user, dialog } = await openMove();
    api.on(contract.deleteConnection, () => refuse('checkFailed', { check: failedCheck() }));
    const move = within(dialog).getByRole('button', { name: 'Move 2 exports and remove' });
    expect(move).toBeDisabled();
    await user.click(await within(dialog).findByRole('radio', { name: /Pond/ }));
    await user.click(move);
    expect(await within(dialog).findByText(/Pond could not be verified/)).toBeInTheDocument();
    const steps = within(dialog).getByRole('list', { name: 'Verification of Pond' });
    expect(within(steps).getByText('The account does not accept this key.')).toBeInTheDocument();
    api.on(contract.deleteConnection, () => aRemoval({ moved: 2, withoutSource: 1 }));
    await user.click(move);
    expect(
      await screen.findByText(/Lake is removed\. 2 exports moved\. 1 export is inactive now\./),
    ).toBeInTheDocument();
    expect(api.asked(contract.deleteConnection).at(-1)?.query).toEqual({ usage: '"u1"', moveTo: pond.id });
  });
});

describe('removing several connections', () => {
  it('shows what depends on each, removes one after the other, and is honest about what did not work', async () => {
    const { api, user, address } = show(dependents, `/remove?ids=${lake.id},${pond.id}&search=o`);
    api.on(contract.deleteConnection, ({ params, query }) => {
      if (params.connectionId === lake.id) {
        api.on(contract.getConnection, (asked) => (asked.params.connectionId === pond.id ? pond : refuse('notFound')));
        return aRemoval({ inactivated: 3 });
      }
      if (query.usage === '"u3"') return aRemoval({ inactivated: 1 });
      const usage = aUsage([aDependent()], '"u3"');
      answerUsage(api, () => usage);
      return refuse('usageChanged', { usage });
    });
    const dialog = await dialogOf('Remove 2 connections?');
    const list = within(dialog).getByRole('list', { name: 'Connections to remove' });
    expect(await within(list).findByText(/2 exports write to it · 1 export only reads from it/)).toBeInTheDocument();
    await user.click(within(list).getByRole('button', { name: 'Lake' }));
    expect(await within(list).findByText('Weekly customers')).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Remove 2 connections and inactivate 3 exports' }));
    expect(await screen.findByText(/Lake is removed\. 3 exports are inactive now\./)).toBeInTheDocument();
    expect(await within(dialog).findByText(/Not removed: Pond\./)).toBeInTheDocument();
    expect(within(dialog).getByText(/1 export was added/)).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: 'Remove and inactivate 1 export' }));
    expect(await screen.findByText(/Pond is removed/)).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(/\/connections\?search=o$/));
    expect(api.asked(contract.deleteConnection).map(({ query }) => query.usage)).toEqual(['"u1"', '"u2"', '"u3"']);
  });

  it('asks for the name of each that much depends on', async () => {
    const { api, user } = show(many, `/remove?ids=${lake.id},${pond.id}`);
    api.on(contract.deleteConnection, () => aRemoval());
    const button = await screen.findByRole('button', { name: 'Remove 2 connections and inactivate 11 exports' });
    expect(button).toBeDisabled();
    await user.type(screen.getByLabelText('Type “Lake” to confirm'), 'Lake');
    await user.click(button);
    expect(await screen.findByText(/2 connections are removed: Lake and Pond\./)).toBeInTheDocument();
    expect(api.asked(contract.deleteConnection).map(({ query }) => query.confirmName)).toEqual(['Lake', undefined]);
  });
});
