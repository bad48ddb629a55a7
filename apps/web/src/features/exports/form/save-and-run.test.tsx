import * as contract from '@junction/contracts';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { detailsOf } from '../../../testing/runs.ts';
import { anEntityWithColumns, anExport, anInactiveExport, anOption, aRunOf } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const lake = anOption({ name: 'Contoso lake' });
const customer = anEntityWithColumns({ name: 'Customer' });

const show = (path: string, one: contract.Export, role: contract.Role = 'contributor') => {
  const run = aRunOf(one);
  const shown = showExports(path, { role, exports: [one], options: [lake] });
  shown.api.on(contract.listEntities, () => ({ value: [customer] }));
  shown.api.on(contract.getEntity, () => customer);
  shown.api.on(contract.createExport, () => one);
  shown.api.on(contract.updateExport, ({ body }) => ({ ...one, name: body.name ?? one.name }));
  shown.api.on(contract.runExport, () => run);
  shown.api.on(contract.getRun, () => detailsOf(run));
  return { ...shown, run };
};
const nameField = () => screen.findByRole('textbox', { name: /^Display name/ });
const saveAndRun = () => screen.findByRole('button', { name: 'Save and run' });
const showsRun = (address: () => string, { export: { id: exportId }, id }: contract.Run) =>
  waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${exportId}/runs/${id}$`)));

describe('saving and running', () => {
  it('sets an export up, runs it once and shows the run', async () => {
    const one = anExport({ name: 'Weekly', connection: lake });
    const { api, user, address, run } = show(`/new/${lake.id}`, one);
    await user.type(await nameField(), 'Weekly');
    await user.click(await screen.findByRole('checkbox', { name: 'Customer' }));
    await user.dblClick(await saveAndRun());
    await showsRun(address, run);
    expect(screen.getByText('Weekly is saved.')).toBeInTheDocument();
    expect(api.asked(contract.createExport)).toHaveLength(1);
    expect(api.asked(contract.runExport).map(({ params }) => params.exportId)).toEqual([one.id]);
  });

  it('runs nothing that cannot be saved', async () => {
    const { api, user } = show(`/new/${lake.id}`, anExport());
    await nameField();
    await user.click(await saveAndRun());
    expect(await screen.findByText('Enter a name.')).toBeInTheDocument();
    expect(api.asked(contract.createExport)).toEqual([]);
    expect(api.asked(contract.runExport)).toEqual([]);
  });

  it('saves what was changed first', async () => {
    const one = anExport({ name: 'Weekly', connection: lake });
    const { api, user, address, run } = show(`/${one.id}/edit`, one);
    await user.type(await nameField(), ' report');
    await user.click(await saveAndRun());
    await showsRun(address, run);
    expect(api.asked(contract.updateExport).map(({ body }) => body)).toEqual([{ name: 'Weekly report' }]);
    expect(api.asked(contract.runExport)).toHaveLength(1);
  });

  it('only runs where nothing was changed, however often it is clicked', async () => {
    const one = anExport({ name: 'Weekly', connection: lake });
    const { api, user, address, run } = show(`/${one.id}/edit`, one);
    const { promise: answer, resolve } = Promise.withResolvers<contract.Run>();
    api.on(contract.runExport, () => answer);
    await nameField();
    await user.dblClick(await saveAndRun());
    resolve(run);
    await showsRun(address, run);
    expect(api.asked(contract.updateExport)).toEqual([]);
    expect(api.asked(contract.runExport)).toHaveLength(1);
  });

  it('tells that it is saved when it does not run, and why', async () => {
    const one = anExport({ name: 'Weekly', connection: lake });
    const { api, user, address } = show(`/${one.id}/edit`, one);
    api.on(contract.runExport, () => refuse('runLive', { detail: 'A run of it is not over yet.' }));
    await user.type(await nameField(), ' report');
    await user.click(await saveAndRun());
    expect(
      await screen.findByText('Weekly report is saved and does not run. A run of it is not over yet.'),
    ).toBeInTheDocument();
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('is not offered without a connection', async () => {
    const lost = anInactiveExport({}, { name: 'Lost' });
    show(`/${lost.id}/edit`, lost, 'admin');
    await nameField();
    expect(screen.queryByRole('button', { name: 'Save and run' })).toBeNull();
  });
});
