import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { anEntityWithColumns, anExport, anOption } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const lake = anOption({ name: 'Contoso lake' });
const hook = anOption({ name: 'Partner hook', type: 'http-webhook' });
const customer = anEntityWithColumns({ name: 'Customer' });

const show = (path: string, exports: contract.Export[] = []) => {
  const app = showExports(path, { role: 'contributor', exports, options: [lake, hook] });
  app.api.on(contract.listEntities, () => ({ value: [customer] }));
  app.api.on(contract.getEntity, () => customer);
  app.api.on(contract.createExport, ({ body }) => anExport({ name: body.name }));
  return app;
};
const connection = () => screen.findByRole('combobox', { name: /^Connection for export/ });

describe('a connection that takes rows', () => {
  it('asks for nothing that only files have, and says what is sent', async () => {
    const { api, user } = show(`/new/${hook.id}`);
    expect(await screen.findByRole('heading', { name: 'What is sent' })).toBeInTheDocument();
    expect(screen.getByText(/^Rows as NDJSON, in batches/)).toBeInTheDocument();
    expect(screen.queryByRole('heading', { name: 'Files' })).toBeNull();
    for (const name of [/^Folder/, /^Keep the files/]) expect(screen.queryByLabelText(name)).toBeNull();
    await user.type(screen.getByRole('textbox', { name: /^Display name/ }), 'Push');
    await user.click(await screen.findByRole('checkbox', { name: 'Customer' }));
    expect(screen.getByText(/^1 entity, all columns, as rows in batches, only when/)).toBeInTheDocument();
    expect(screen.queryByText(/Junction_/)).toBeNull();
    expect(screen.getByText('It is left out, and counted.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.asked(contract.createExport)).toHaveLength(1));
  });

  it('is saved though a folder was wrong before it was chosen', async () => {
    const { api, user } = show(`/new/${lake.id}`);
    await waitFor(async () => expect(await connection()).toHaveValue('Contoso lake'));
    await user.type(screen.getByRole('textbox', { name: /^Display name/ }), 'Push');
    await user.type(screen.getByRole('textbox', { name: /^Folder/ }), '../up');
    await user.click(await screen.findByRole('checkbox', { name: 'Customer' }));
    await user.click(await connection());
    await user.click(await screen.findByRole('option', { name: /Partner hook/ }));
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Files' })).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.asked(contract.createExport)[0]?.body.folder).toBe(''));
  });

  it('shows in the details what is sent, and no path', async () => {
    const one = anExport({ name: 'Push', connection: hook, rowLimits: { minimum: 1, maximum: 1_000 } });
    show(`/${one.id}`, [one]);
    const pane = await screen.findByRole('dialog', { name: 'Push' });
    expect(within(pane).getByText(/^Rows as NDJSON, in batches/)).toBeInTheDocument();
    expect(within(pane).getByText('1 to 1,000')).toBeInTheDocument();
    expect(within(pane).queryByText(/Junction_/)).toBeNull();
    expect(within(pane).queryByText('Kept')).toBeNull();
  });
});
