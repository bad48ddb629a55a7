import * as contract from '@junction/contracts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { anEntity, anEntityWithColumns, anExport, anOption, environmentId } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const lake = anOption({ name: 'Contoso lake' });
const blobs = anOption({ name: 'Partner drop', type: 'azure-blob', health: 'failing' });
const customer = anEntityWithColumns({ name: 'Customer' });
const visits = anEntity({ name: 'WebVisits', group: 'activities', rowCount: null });
const broken = anEntity({
  name: 'Orders',
  problem: { code: 'x', message: 'Its file is not there.', remedy: 'Refresh the source.' },
});

type Situation = NonNullable<Parameters<typeof showExports>[1]>;

const show = (
  { path = '/new', ...situation }: Situation & { path?: string } = {},
  entities = [customer, visits, broken],
) => {
  const shown = showExports(path, { role: 'contributor', options: [lake, blobs], ...situation });
  shown.api.on(contract.listEntities, ({ query }) => ({
    value: entities
      .map(({ ...entity }) => entity)
      .filter(({ name }) => name.toLowerCase().includes((query.search ?? '').toLowerCase())),
  }));
  shown.api.on(contract.getEntity, () => customer);
  shown.api.on(contract.createExport, ({ body }) => anExport({ name: body.name }));
  return shown;
};

const connection = () => screen.findByRole('combobox', { name: /^Connection for export/ });
const nameField = () => screen.getByRole('textbox', { name: /^Display name/ });
const save = () => screen.getByRole('button', { name: 'Save' });
const entity = (name: string) => screen.findByRole('checkbox', { name });
const openEntity = (name: string) => screen.findByRole('button', { name: new RegExp(`^${name} Contoso lake`) });

describe('setting up an export', () => {
  it('sends what a contributor chose: connection, entity, columns, filter, file and schedule', async () => {
    const { api, user, address } = show();
    await user.click(await connection());
    const drop = await screen.findByRole('option', { name: /Partner drop/ });
    expect(within(screen.getByRole('group', { name: 'Azure Blob Storage' })).getAllByRole('option')).toEqual([drop]);
    await user.click(drop);
    expect(await screen.findByText(/exports over it fail until it is repaired/)).toBeInTheDocument();
    await user.type(nameField(), 'High value');

    await user.click(await entity('Customer'));
    await user.click(await openEntity('Customer'));
    await user.click(await screen.findByRole('radio', { name: /^Chosen columns/ }));
    await user.click(screen.getByRole('checkbox', { name: 'IsActive' }));
    await user.type(screen.getByRole('textbox', { name: 'Name of Orders in the files' }), 'Count');
    await user.click(screen.getByRole('button', { name: 'Move Orders up' }));

    await user.click(screen.getByRole('button', { name: 'Add filter to Customer' }));
    const column = screen.getByRole('combobox', { name: 'Condition 1 of filter of Customer: column' });
    await waitFor(() => expect(column).toHaveFocus());
    await user.keyboard('Orders{Tab}');
    await user.click(screen.getByRole('combobox', { name: /^Condition 1 of filter of Customer: comparison/ }));
    await user.click(await screen.findByRole('option', { name: 'is at least' }));
    await user.type(screen.getByRole('textbox', { name: 'Condition 1 of filter of Customer: value' }), '3');
    expect(screen.getByText('Orders is at least 3')).toBeInTheDocument();

    await user.click(screen.getByRole('radio', { name: /CSV compressed with gzip/ }));
    await user.type(screen.getByRole('textbox', { name: /^Folder/ }), 'crm/weekly');
    expect(screen.getByText(/^1 entity, 3 of 4 columns, filtered, as CSV \(gzip\), only when/)).toBeInTheDocument();
    expect(
      screen.getByText(
        `Junction_${environmentId}/crm/weekly/High value/Customer/<yyyy>/<MM>/<dd>/<HHmm>/Customer_<n>.csv.gz`,
      ),
    ).toBeInTheDocument();
    await user.click(save());

    expect(await screen.findByText('High value is saved.')).toBeInTheDocument();
    expect(address()).toMatch(/\/exports$/);
    expect(api.asked(contract.createExport)[0]?.body).toEqual({
      name: 'High value',
      connectionId: blobs.id,
      entities: [
        {
          entityId: customer.id,
          columns: [{ name: 'Orders', as: 'Count' }, { name: 'CustomerId' }, { name: 'Since' }],
          filter: { match: 'all', of: [{ column: 'Orders', is: 'atLeast', value: '3' }] },
        },
      ],
      format: { type: 'csvGzip', delimiter: ',', hasHeader: true, escapeFormulas: false },
      folder: 'crm/weekly',
      malformedRows: { policy: 'fail' },
      rowLimits: { minimum: null, maximum: null },
      retention: { keep: 'all' },
      schedule: { isOn: false, plan: null },
    });
  });

  it('says what is missing and goes to the first of it', async () => {
    const { api, user } = show();
    await connection();
    await user.click(save());
    expect(await screen.findByText('Choose a connection.')).toBeInTheDocument();
    expect(screen.getByText('Enter a name.')).toBeInTheDocument();
    expect(screen.getByText('Choose at least one entity.')).toBeInTheDocument();
    await waitFor(async () => expect(await connection()).toHaveFocus());
    expect(api.asked(contract.createExport)).toEqual([]);
  });

  it('asks for a connection on Save, not because the focus passed by', async () => {
    const { user } = show();
    await waitFor(async () => expect(await connection()).toHaveFocus());
    await user.click(nameField());
    await user.type(nameField(), 'Weekly');
    await user.tab();
    expect(screen.queryByText('Choose a connection.')).toBeNull();
    await user.click(save());
    expect(await screen.findByText('Choose a connection.')).toBeInTheDocument();
  });

  it('keeps the list to choose from above what is chosen, and hides it on demand', async () => {
    const { user } = show();
    const customers = await entity('Customer');
    await user.click(customers);
    const chosen = screen.getByRole('list', { name: 'Chosen entities' });
    expect(customers.compareDocumentPosition(chosen)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await user.click(screen.getByRole('button', { name: 'Hide the list of entities' }));
    expect(screen.queryByRole('checkbox', { name: 'Customer' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Remove Customer from the export' }));
    await user.click(screen.getByRole('button', { name: 'Choose entities' }));
    expect(await entity('Customer')).not.toBeChecked();
  });

  it('finds nothing wrong with a condition that was added after a refused save, until the next one', async () => {
    const { user } = show({ path: `/new/${lake.id}` });
    await user.click(await entity('Customer'));
    await user.click(await openEntity('Customer'));
    await user.click(await screen.findByRole('button', { name: 'Add filter to Customer' }));
    await user.click(save());
    expect(await screen.findByText('Enter a name.')).toBeInTheDocument();
    expect(screen.getAllByText('Choose a column.')).toHaveLength(1);

    await user.click(screen.getByRole('button', { name: 'Add condition to filter of Customer' }));
    const added = await screen.findByRole('combobox', { name: 'Condition 2 of filter of Customer: column' });
    await waitFor(() => expect(added).toHaveFocus());
    expect(screen.getAllByText('Choose a column.')).toHaveLength(1);
    await user.keyboard('Orders{Tab}');
    expect(await screen.findByLabelText('Condition 2 of filter of Customer: value')).toBeInTheDocument();
    expect(screen.queryByText('Enter a value.')).toBeNull();

    await user.click(save());
    expect(await screen.findByText('Enter a value.')).toBeInTheDocument();
    expect(screen.getAllByText('Choose a column.')).toHaveLength(1);
  });

  it('builds no path from a name or a folder that cannot be', async () => {
    const { user } = show();
    await user.click(await entity('Customer'));
    await user.type(nameField(), 'a/b');
    await user.type(screen.getByRole('textbox', { name: /^Folder/ }), '../up');
    expect(screen.getByText(/^Junction_.*Customer_<n>\.csv$/)).toHaveTextContent(
      `Junction_${environmentId}/<folder>/<name>/Customer/`,
    );
  });

  it('puts what the server says back onto the fields, deep inside an entity too', async () => {
    const { api, user } = show({ path: `/new/${lake.id}` });
    await waitFor(async () => expect(await connection()).toHaveValue('Contoso lake'));
    await user.type(nameField(), 'Taken');
    await user.click(await entity('Customer'));
    await user.click(await openEntity('Customer'));
    await user.click(await screen.findByRole('button', { name: 'Add filter to Customer' }));
    const column = screen.getByRole('combobox', { name: 'Condition 1 of filter of Customer: column' });
    await waitFor(() => expect(column).toHaveFocus());
    await user.keyboard('Since{Tab}');
    const value = await screen.findByLabelText('Condition 1 of filter of Customer: value');
    fireEvent.change(value, { target: { value: '2026-01-01' } });
    await user.click(await openEntity('Customer'));
    expect(screen.queryByLabelText('Condition 1 of filter of Customer: value')).toBeNull();
    api.on(contract.createExport, () =>
      refuse('invalidInput', {
        errors: [{ field: 'entities.0.filter.of.0.value', code: 'value', message: 'That day is not there.' }],
      }),
    );
    await user.click(save());
    expect(await screen.findByText('That day is not there.')).toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText('Condition 1 of filter of Customer: value')).toHaveFocus());

    api.on(contract.createExport, () =>
      refuse('nameTaken', { errors: [{ field: 'name', code: 'nameTaken', message: 'Another export has this name.' }] }),
    );
    await user.click(save());
    expect(await screen.findByText('Another export has this name.')).toBeInTheDocument();
    await waitFor(() => expect(nameField()).toHaveFocus());
    expect(nameField()).toHaveValue('Taken');
  });

  it('shows entities with what is known of them; one that cannot be read says why and cannot be chosen', async () => {
    const { user } = show();
    expect(await entity('WebVisits')).toHaveAccessibleDescription(/^Rows not stated · /);
    expect(await entity('Customer')).toHaveAccessibleDescription(/^12,000 rows · 4\.2 MB · 4 columns · refreshed/);
    const orders = await entity('Orders');
    expect(orders).toBeDisabled();
    expect(orders).toHaveAccessibleDescription(/Cannot be read: Its file is not there. Refresh the source./);
    await user.click(await entity('Customer'));
    const chosen = screen.getByRole('list', { name: 'Chosen entities' });
    expect(within(chosen).getAllByRole('listitem')).toHaveLength(1);
    await user.type(screen.getByRole('searchbox', { name: 'Search entities' }), 'web');
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'Customer' })).toBeNull());
    await user.click(await entity('WebVisits'));
    expect(within(chosen).getAllByRole('listitem')).toHaveLength(2);
  });

  it('finds the connection that the address names though it is on a later page', async () => {
    const { api } = show({ path: `/new/${lake.id}` });
    api.on(contract.listConnectionOptions, ({ query }) =>
      query.skiptoken === undefined
        ? {
            value: [blobs],
            nextLink: `/api/v1/environments/${environmentId}/connection-options?skiptoken=2`,
          }
        : { value: [lake] },
    );
    await waitFor(async () => expect(await connection()).toHaveValue('Contoso lake'));
  });
});

describe('with the keyboard alone', () => {
  it('chooses a connection by searching, and leaves the pane open on Escape in the list', async () => {
    const { user } = show();
    await waitFor(async () => expect(await connection()).toHaveFocus());
    await user.keyboard('{ArrowDown}');
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.keyboard('partner');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await user.keyboard('{ArrowDown}{Enter}');
    expect(await connection()).toHaveValue('Partner drop');
    await user.tab();
    await user.tab();
    expect(screen.getByText('Set up export')).toBeInTheDocument();
  });
});

describe('with nothing to choose from', () => {
  it('leads an admin to what is missing, and lets them go on without a connection', async () => {
    const { user, address } = show({ role: 'admin', options: [] }, []);
    expect(await screen.findByText(/turn on “Read entities from a folder here”/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Open connections' })).toBeInTheDocument();
    await user.click(await connection());
    await user.click(await screen.findByRole('option', { name: /No connection yet/ }));
    expect(screen.getByText(/Without a connection the export is inactive/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Add connection' }));
    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(address()).toMatch(/\/connections\/discover$/));
  });

  it('tells a contributor whom to ask', async () => {
    const { user } = show({ options: [] }, []);
    const whom = 'Ask Olga Owner, who owns this environment, or another admin';
    expect(await screen.findByText(`There is no connection that you may use. ${whom}.`)).toBeInTheDocument();
    expect(await screen.findByText(new RegExp(`There are no entities yet. ${whom}`))).toBeInTheDocument();
    await user.click(await connection());
    expect(screen.queryByRole('option')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Add connection' })).toBeNull();
  });

  it('tells a viewer that others set exports up', async () => {
    const { api } = show({ role: 'viewer' });
    expect(await screen.findByText(/Your role here is to look at them. Ask Olga Owner/)).toBeInTheDocument();
    expect(api.asked(contract.listConnectionOptions)).toEqual([]);
  });
});
