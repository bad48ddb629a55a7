import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { aConnection, nextId } from '../testing/connections.ts';
import { later, showConnections } from '../testing/show-connections.ts';

const lake = aConnection({ name: 'Lake', readsEntities: true, usedBy: 4 });

const aCatalog = (changes: Partial<contract.Catalog> = {}): contract.Catalog => ({
  connectionId: lake.id,
  readAt: '2026-11-20T09:00:00Z',
  entities: 12,
  unreadableEntities: 0,
  models: [{ path: 'crm/model.json', entities: 12, problem: null }],
  problem: null,
  ...changes,
});

const anEntity = (changes: Partial<contract.Entity>): contract.Entity => ({
  id: nextId(),
  name: 'Customer',
  source: { connectionId: lake.id, name: 'Lake' },
  group: '',
  columnCount: 3,
  partitionCount: 1,
  rowCount: null,
  bytes: null,
  refreshedAt: null,
  problem: null,
  ...changes,
});

const show = (catalog: contract.Catalog) => {
  const shown = showConnections(`/${lake.id}`, [lake]);
  shown.api.on(contract.getCatalog, () => catalog);
  return shown;
};
const section = () => screen.findByRole('region', { name: 'Entities' });

describe('the entities of a connection', () => {
  it('say how many were read, when, and of which models', async () => {
    show(aCatalog());
    const entities = await section();
    expect(await within(entities).findByText('12 entities can be exported.')).toBeInTheDocument();
    expect(within(entities).getByRole('list', { name: 'Models' })).toHaveTextContent('crm/model.json · 12 entities');
    expect(screen.getByRole('link', { name: '4 exports' })).toHaveAttribute(
      'href',
      `/e/${lake.environmentId}/exports?connection=${lake.id}`,
    );
  });

  it('say what is wrong and what to do, and name the unreadable ones on demand, from any page', async () => {
    const { api, user } = show(
      aCatalog({
        unreadableEntities: 1,
        problem: { code: 'folderMissing', message: 'The folder is not there.', remedy: 'Correct it under Edit.' },
      }),
    );
    const broken = anEntity({
      name: 'Orders',
      problem: { code: 'noPartitions', message: 'It has no files.', remedy: 'Export it at the source again.' },
    });
    api.on(contract.listEntities, ({ query }) =>
      query.skiptoken === undefined
        ? { value: [anEntity({})], nextLink: '/api/v1/environments/x/entities?skiptoken=more' }
        : { value: [broken] },
    );
    const entities = await section();
    expect(await within(entities).findByText('Correct it under Edit.')).toBeInTheDocument();
    expect(api.asked(contract.listEntities)).toHaveLength(0);
    await user.click(within(entities).getByRole('button', { name: '1 entity cannot be read' }));
    const list = await within(entities).findByRole('list', { name: 'Entities that cannot be read' });
    expect(await within(list).findByText('Orders')).toBeInTheDocument();
    expect(list).toHaveTextContent('Orders: It has no files. Export it at the source again.');
  });

  it('show by themselves when they are read for the first time', async () => {
    const { api } = show(aCatalog({ readAt: null, entities: 0, models: [] }));
    const entities = await section();
    expect(await within(entities).findByText('Not read yet.')).toBeInTheDocument();
    api.on(contract.getCatalog, () => aCatalog());
    expect(
      await within(entities).findByText('12 entities can be exported.', undefined, { timeout: 8_000 }),
    ).toBeInTheDocument();
  });

  it('are read again, once', async () => {
    const { api, user } = show(aCatalog({ readAt: null, entities: 0, models: [] }));
    const answer = later<contract.Catalog>();
    api.on(contract.refreshCatalog, () => answer.promise);
    const entities = await section();
    expect(await within(entities).findByText('Not read yet.')).toBeInTheDocument();
    await user.dblClick(within(entities).getByRole('button', { name: 'Refresh the entities' }));
    expect(await within(entities).findByRole('button', { name: 'Reading …' })).toHaveAttribute('aria-disabled', 'true');
    answer.settle(aCatalog());
    expect(await within(entities).findByText('Read: 12 entities.')).toBeInTheDocument();
    expect(within(entities).getByText('12 entities can be exported.')).toBeInTheDocument();
    expect(api.asked(contract.refreshCatalog)).toHaveLength(1);
  });

  it('say why they could not be read again', async () => {
    const { api, user } = show(aCatalog());
    api.on(contract.refreshCatalog, () => refuse('unavailable', { detail: 'The lake does not answer.' }));
    const entities = await section();
    await user.click(await within(entities).findByRole('button', { name: 'Refresh the entities' }));
    expect(await within(entities).findByText('The lake does not answer.')).toBeInTheDocument();
    expect(within(entities).getByText('12 entities can be exported.')).toBeInTheDocument();
  });

  it('are not shown where none are read', async () => {
    const plain = aConnection({ name: 'Pond' });
    const { api } = showConnections(`/${plain.id}`, [plain]);
    await screen.findByRole('region', { name: 'Consent' });
    expect(screen.queryByRole('region', { name: 'Entities' })).toBeNull();
    await waitFor(() => expect(api.asked(contract.getCatalog)).toHaveLength(0));
  });
});
