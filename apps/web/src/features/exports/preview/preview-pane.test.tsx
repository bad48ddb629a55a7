import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { anExport } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const source = { connectionId: '01990000-0000-7000-8000-0000000000c1', name: 'Lake' };
const entity = (entityId: string, name: string): contract.ExportEntity => ({
  entityId,
  name,
  source,
  columns: 'all',
  filter: null,
  problem: null,
  mayPreview: true,
});
const customer = entity('01990000-0000-7000-8000-0000000000e1', 'Customer');
const orders = entity('01990000-0000-7000-8000-0000000000e2', 'Orders');
const one = anExport({ name: 'Weekly', entities: [customer, orders] });
const rows: contract.Preview = {
  entity: 'Customer',
  columns: ['Id', 'City'],
  rows: [
    ['1', 'Potsdam'],
    ['2', null],
    ['3', ''],
  ],
  isPartial: false,
};

const show = (answer: () => contract.Preview | ReturnType<typeof refuse>, role: contract.Role = 'contributor') => {
  const app = showExports(`/${one.id}/preview/${customer.entityId}`, { role, exports: [one] });
  app.api.on(contract.previewExport, answer);
  return app;
};

describe('the preview of an export', () => {
  it('is opened from the details, for one entity, and closed to them', async () => {
    const { api, user, address } = showExports(`/${one.id}`, { role: 'contributor', exports: [one] });
    api.on(contract.previewExport, () => ({ ...rows, entity: 'Orders' }));
    await user.click(await screen.findByRole('button', { name: 'Preview Orders' }));
    expect(await screen.findByRole('dialog', { name: 'Preview of Weekly' })).toBeInTheDocument();
    expect(await screen.findByRole('table')).toBeInTheDocument();
    expect(api.asked(contract.previewExport).map(({ body }) => body)).toEqual([{ entityId: orders.entityId }]);
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${one.id}$`)));
  });

  it('shows values as they would be written, and tells a missing one from an empty one', async () => {
    show(() => rows);
    const table = await screen.findByRole('table');
    const texts = within(table)
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent));
    expect(texts).toEqual([
      ['Row', 'Id', 'City'],
      ['1', '1', 'Potsdam'],
      ['2', '2', 'null'],
      ['3', '3', ''],
    ]);
    expect(within(table).getByText('null').tagName).toBe('SPAN');
    expect(screen.getByRole('region', { name: 'Rows of Customer' })).toHaveAttribute('tabindex', '0');
    expect(screen.queryByText(/Only the beginning/)).toBeNull();
  });

  it('says that only the beginning was read', async () => {
    show(() => ({ ...rows, isPartial: true }));
    expect(await screen.findByText(/Only the beginning of the source was read. Further on/)).toBeInTheDocument();
  });

  it.each([
    [false, 'No row matches.'],
    [true, 'Only the beginning of the source was read. No row of it matches; further on there may be some.'],
  ])('says that there is nothing (%#)', async (isPartial, words) => {
    show(() => ({ ...rows, rows: [], isPartial }));
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('goes on to another entity, and closes to where it was opened from', async () => {
    const { api, user, address } = show(() => rows);
    await screen.findByRole('table');
    await user.click(screen.getByRole('combobox', { name: /^Entity/ }));
    await user.click(await screen.findByRole('option', { name: 'Orders' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/preview/${orders.entityId}$`)));
    await waitFor(() =>
      expect(api.asked(contract.previewExport).map(({ body }) => body.entityId)).toEqual([
        customer.entityId,
        orders.entityId,
      ]),
    );
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('is kept nowhere: reading it again asks again, and leaving it forgets it', async () => {
    const { api, user, queryClient } = show(() => rows);
    await screen.findByRole('table');
    await user.click(screen.getByRole('button', { name: 'Read again' }));
    await waitFor(() => expect(api.asked(contract.previewExport)).toHaveLength(2));
    await screen.findByRole('table');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => {
      const known = queryClient.getQueryCache().getAll();
      expect(known.filter(({ state }) => JSON.stringify(state.data ?? null).includes('Potsdam'))).toEqual([]);
    });
  });

  it('says what went wrong and what to do', async () => {
    const { api, user } = show(() => refuse('sourceUnreadable', { detail: 'The key is refused. Enter another one.' }));
    expect(await screen.findByText('The key is refused. Enter another one.')).toBeInTheDocument();
    api.on(contract.previewExport, () => rows);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByRole('table')).toBeInTheDocument();
  });

  it('of profile data is for who was given access to it, and not offered to anybody else', async () => {
    const secret = { ...customer, mayPreview: false };
    const kept = anExport({ name: 'Weekly', entities: [secret, orders] });
    const app = showExports(`/${kept.id}/preview/${secret.entityId}`, { role: 'admin', exports: [kept] });
    app.api.on(contract.previewExport, () => rows);
    expect(await screen.findByText(/given access to the profile data of Lake/)).toBeInTheDocument();
    await app.user.click(screen.getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    await waitFor(() => expect(app.address()).toMatch(/\/exports$/));
    expect(app.api.asked(contract.previewExport)).toEqual([]);
  });

  it('is opened from the details for those entities alone whose rows somebody may see', async () => {
    const kept = anExport({ name: 'Weekly', entities: [{ ...customer, mayPreview: false }, orders] });
    const { api, user } = showExports(`/${kept.id}`, { role: 'admin', exports: [kept] });
    api.on(contract.previewExport, () => ({ ...rows, entity: 'Orders' }));
    const offered = await screen.findByRole('button', { name: 'Preview Orders' });
    expect(screen.queryByRole('button', { name: 'Preview Customer' })).toBeNull();
    await user.click(offered);
    await screen.findByRole('table');
    await user.click(screen.getByRole('combobox', { name: /^Entity/ }));
    expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual(['Orders']);
  });

  it('is not for who may only look at the export', async () => {
    const { api } = show(() => rows, 'viewer');
    expect(await screen.findByText(/It is for those who may run the export/)).toBeInTheDocument();
    expect(api.asked(contract.previewExport)).toEqual([]);
  });
});
