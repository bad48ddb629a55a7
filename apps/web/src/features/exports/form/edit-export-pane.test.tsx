import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { anEntityWithColumns, anExport, anInactiveExport, anOption } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const lake = anOption();
const customer = anEntityWithColumns({ name: 'Customer' });
const source = customer.source;
const about = { entityId: customer.id, name: 'Customer', source, problem: null, mayPreview: true };

const saved = anExport({
  name: 'High value',
  connection: lake,
  folder: 'crm',
  entities: [
    { ...about, columns: [{ name: 'Orders', as: 'Count' }], filter: null },
    {
      entityId: '01930000-0000-7000-8000-0000000000ff',
      name: 'Gone',
      source,
      columns: 'all',
      filter: null,
      problem: { code: 'gone', message: 'It is no longer in the metadata.', remedy: 'Refresh the catalog.' },
      mayPreview: true,
    },
  ],
});

const show = (shown: contract.Export = saved, role: contract.Role = 'contributor', options = [lake]) => {
  const app = showExports(`/${shown.id}/edit`, { role, exports: [shown], options });
  app.api.on(contract.listEntities, () => ({ value: [customer] }));
  app.api.on(contract.getEntity, () => customer);
  app.api.on(contract.updateExport, ({ body }) => ({ ...shown, name: body.name ?? shown.name }));
  return app;
};
const nameField = () => screen.findByRole('textbox', { name: /^Display name/ });
const folder = () => screen.getByRole('textbox', { name: /^Folder/ });
const save = () => screen.getByRole('button', { name: 'Save' });

describe('editing an export', () => {
  it('says once what is wrong with an entity that is gone', async () => {
    const { api, user } = show();
    api.on(contract.getEntity, () => refuse('notFound'));
    await user.click(await screen.findByRole('button', { name: /^Gone/ }));
    expect(await screen.findByText('Columns and rows can be chosen again once it is back.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Retry' })).not.toBeInTheDocument();
  });

  it('sends only what changed, with the version it changes', async () => {
    const { api, user, address } = show();
    await nameField();
    expect(save()).toHaveAccessibleDescription('Nothing has been changed.');
    await user.type(await nameField(), ' customers');
    await user.click(save());
    expect(await screen.findByText('High value customers is saved.')).toBeInTheDocument();
    const [asked] = api.asked(contract.updateExport);
    expect(asked?.body).toEqual({ name: 'High value customers' });
    expect(asked?.headers.get('if-match')).toBe('"1"');
    expect(address()).toMatch(/\/exports$/);
  });

  it('shows an entity that is gone with the reason, and lets it be removed or kept', async () => {
    const { api, user } = show();
    expect(await screen.findByText(/It is no longer in the metadata. Refresh the catalog./)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Remove from the export' }));
    await user.click(save());
    await waitFor(() => expect(api.asked(contract.updateExport)).toHaveLength(1));
    expect(api.asked(contract.updateExport)[0]?.body).toEqual({
      entities: [{ entityId: customer.id, columns: [{ name: 'Orders', as: 'Count' }], filter: null }],
    });
  });

  it('flags two columns of one name, whatever their case', async () => {
    const { api, user } = show();
    await user.click(await screen.findByRole('button', { name: /^Customer Contoso lake/ }));
    await user.click(await screen.findByRole('checkbox', { name: 'Since' }));
    await user.type(screen.getByRole('textbox', { name: 'Name of Since in the files' }), 'COUNT');
    await user.click(save());
    expect(await screen.findByText(/Another column is called “COUNT”/)).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Name of Since in the files' })).toHaveFocus());
    expect(api.asked(contract.updateExport)).toEqual([]);
  });
});

describe('somebody else’s change', () => {
  const theirs = { ...saved, name: 'Theirs', format: { type: 'parquet' as const }, etag: '"2"' };
  const showStale = (newer: contract.Export) => {
    const app = show();
    app.api.on(contract.updateExport, ({ headers, body }) => {
      if (headers.get('if-match') === newer.etag) return { ...newer, name: body.name ?? newer.name, etag: '"3"' };
      app.api.on(contract.getExport, () => newer);
      return refuse('preconditionFailed');
    });
    return app;
  };

  it('is shown beside mine; keeping mine takes over what only they changed', async () => {
    const { api, user } = showStale(theirs);
    const name = await nameField();
    await user.clear(name);
    await user.type(name, 'Mine');
    await user.type(folder(), '/daily');
    await user.click(save());
    const note = await screen.findByRole('region', { name: 'Somebody else’s change' });
    expect(within(note).getByText('Display name (you changed this too)')).toBeInTheDocument();
    expect(within(note).getByText('Their version: Theirs')).toBeInTheDocument();
    expect(within(note).getByText('Their version: Parquet')).toBeInTheDocument();
    expect(await nameField()).toHaveValue('Mine');
    expect(save()).toHaveAccessibleDescription(/Choose first/);
    await user.click(within(note).getByRole('button', { name: 'Keep my changes' }));
    expect(screen.getByRole('radio', { name: /^Parquet/ })).toBeChecked();
    await user.click(save());
    expect(await screen.findByText('Mine is saved.')).toBeInTheDocument();
    const last = api.asked(contract.updateExport).at(-1);
    expect(last?.headers.get('if-match')).toBe('"2"');
    expect(last?.body).toEqual({ name: 'Mine', folder: 'crm/daily' });
  });

  it('can take the place of mine', async () => {
    const { user } = showStale(theirs);
    await user.type(await nameField(), ' of mine');
    await user.click(save());
    await user.click(await screen.findByRole('button', { name: 'Load their version' }));
    expect(await nameField()).toHaveValue('Theirs');
    expect(save()).toHaveAccessibleDescription('Nothing has been changed.');
  });

  it('is not asked about where it is not about these fields', async () => {
    const { api, user } = showStale({ ...saved, etag: '"2"' });
    await user.type(await nameField(), ' of mine');
    await user.click(save());
    expect(await screen.findByText('High value of mine is saved.')).toBeInTheDocument();
    expect(api.asked(contract.updateExport).map(({ headers }) => headers.get('if-match'))).toEqual(['"1"', '"2"']);
  });
});

describe('what one may do', () => {
  it('leads who may only look to the details', async () => {
    const { address } = show(saved, 'viewer');
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${saved.id}$`)));
  });

  it('leads a contributor who could manage it before to where it is connected again, and nothing else', async () => {
    const inactive = anInactiveExport();
    const { address } = show(inactive);
    expect(await screen.findByRole('combobox', { name: /^Connection for export/ })).toBeInTheDocument();
    expect(address()).toContain(`/exports/connect?ids=${inactive.id}`);
    expect(screen.queryByRole('textbox', { name: /^Display name/ })).toBeNull();
  });

  it('lets an admin edit an inactive one and leave it without a connection', async () => {
    const inactive = anInactiveExport();
    const { api, user } = show(inactive, 'admin');
    expect(await screen.findByRole('combobox', { name: /^Connection for export/ })).toHaveValue('No connection yet');
    await user.type(folder(), 'crm');
    await user.click(save());
    await waitFor(() => expect(api.asked(contract.updateExport)[0]?.body).toEqual({ folder: 'crm' }));
  });
});
