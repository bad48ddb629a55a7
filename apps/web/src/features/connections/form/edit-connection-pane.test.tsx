import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse, streamOf } from '../../../testing/mock-api.ts';
import { aConnection, failedCheck, passedCheck, sampleKey } from '../testing/connections.ts';
import { showConnections } from '../testing/show-connections.ts';

const lake = aConnection({ name: 'Contoso lake', etag: '"1"' });

const show = (connection = lake) => showConnections(`/${connection.id}/edit`, [connection]);
const secretInput = (label: string) => screen.getByLabelText(label, { selector: 'input[type=password]' });
const save = () => screen.getByRole('button', { name: 'Save' });
const nameInput = () => screen.findByRole('textbox', { name: 'Display name' });

describe('editing a connection', () => {
  it('sends only what changed, with the version it changes, and never a stored secret', async () => {
    const { api, user, address } = show();
    api.on(contract.updateConnection, () => ({ ...lake, name: 'Data lake', etag: '"2"' }));
    await user.type(await nameInput(), ' 2');
    await user.click(save());
    expect(await screen.findByText('Data lake is saved.')).toBeInTheDocument();
    const [asked] = api.asked(contract.updateConnection);
    expect(asked?.body).toEqual({ name: 'Contoso lake 2', saveAnyway: false });
    expect(asked?.headers.get('if-match')).toBe('"1"');
    expect(address()).toMatch(/\/connections$/);
  });

  it('has nothing to save before something changed', async () => {
    const { api, user } = show();
    await nameInput();
    expect(save()).toHaveAccessibleDescription('Nothing has been changed.');
    await user.click(save());
    expect(api.asked(contract.updateConnection)).toEqual([]);
  });

  it('shows since when a secret is set, and sends another one only after Replace', async () => {
    const { api, user } = show();
    api.on(contract.updateConnection, () => lake);
    await nameInput();
    const secret = screen.getByRole('group', { name: 'Account key' });
    expect(within(secret).getByText('Set on March 12, 2026')).toBeInTheDocument();
    expect(screen.queryByLabelText('Account key', { selector: 'input[type=password]' })).toBeNull();
    await user.click(within(secret).getByRole('button', { name: 'Replace Account key' }));
    await waitFor(() => expect(secretInput('Account key')).toHaveFocus());
    expect(secretInput('Account key')).toHaveValue('');
    expect(save()).toHaveAccessibleDescription('Still needed: “Account key”.');
    await user.paste(sampleKey);
    await user.click(save());
    await waitFor(() =>
      expect(api.asked(contract.updateConnection)[0]?.body).toEqual({
        secrets: { accountKey: sampleKey },
        saveAnyway: false,
      }),
    );
  });

  it('keeps the stored secret when replacing it is given up', async () => {
    const { api, user } = show();
    api.on(contract.updateConnection, () => lake);
    await user.type(await nameInput(), '!');
    await user.click(screen.getByRole('button', { name: 'Replace Account key' }));
    await user.click(await screen.findByRole('button', { name: 'Keep the current account key' }));
    expect(screen.getByText('Set on March 12, 2026')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Replace Account key' })).toHaveFocus();
    await user.click(save());
    await waitFor(() =>
      expect(api.asked(contract.updateConnection)[0]?.body).toEqual({ name: 'Contoso lake!', saveAnyway: false }),
    );
  });

  it('asks for the secret again, and says why, when the account changes', async () => {
    const { api, user } = show();
    api.on(contract.updateConnection, () => lake);
    await nameInput();
    const account = screen.getByRole('textbox', { name: 'Account name' });
    await user.clear(account);
    await user.type(account, 'fabrikamlake');
    expect(screen.getByText(/This connection now leads somewhere else/)).toBeInTheDocument();
    expect(save()).toHaveAccessibleDescription('Still needed: “Account key”.');
    await user.click(secretInput('Account key'));
    await user.paste(sampleKey);
    await user.click(save());
    await waitFor(() =>
      expect(api.asked(contract.updateConnection)[0]?.body).toEqual({
        settings: { accountName: 'fabrikamlake' },
        secrets: { accountKey: sampleKey },
        saveAnyway: false,
      }),
    );
  });

  it('clears the secret that the new authentication does not use', async () => {
    const { api, user } = show();
    api.on(contract.updateConnection, () => lake);
    const token = 'sv=2024-11-04&sp=racwdl&se=2027-01-01T00%3A00%3A00Z&sr=c&sig=abc';
    await user.click(await screen.findByRole('radio', { name: /^SAS token/ }));
    await user.click(secretInput('SAS token'));
    await user.paste(token);
    await user.click(save());
    await waitFor(() =>
      expect(api.asked(contract.updateConnection)[0]?.body).toEqual({
        settings: { authentication: 'sas' },
        secrets: { sasToken: token, accountKey: null },
        saveAnyway: false,
      }),
    );
  });

  it('empties a setting with null', async () => {
    const withFolder = aConnection({ settings: { ...lake.settings, baseFolder: 'exports/2026' } });
    const { api, user } = show(withFolder);
    api.on(contract.updateConnection, () => withFolder);
    await user.clear(await screen.findByRole('textbox', { name: 'Base folder' }));
    await user.click(save());
    await waitFor(() =>
      expect(api.asked(contract.updateConnection)[0]?.body).toEqual({
        settings: { baseFolder: null },
        saveAnyway: false,
      }),
    );
  });

  it('verifies what the connection would be after the changes', async () => {
    const { api, user } = show();
    api.on(contract.checkConnection, () =>
      streamOf<typeof contract.checkConnection>([{ event: 'result', result: passedCheck() }]),
    );
    await user.type(await screen.findByRole('textbox', { name: 'Container' }), '2');
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    expect(await screen.findByText('Verified. Everything this connection needs works.')).toBeInTheDocument();
    expect(api.asked(contract.checkConnection)[0]?.body).toEqual({ settings: { container: 'exports2' }, allow: [] });
  });

  it('can save a connection that does not work', async () => {
    const { api, user } = show();
    api.on(contract.updateConnection, ({ body }) =>
      body.saveAnyway
        ? aConnection({ ...lake, status: 'actionRequired' })
        : refuse('checkFailed', { check: failedCheck() }),
    );
    await user.type(await screen.findByRole('textbox', { name: 'Container' }), '2');
    await user.click(save());
    await user.click(await screen.findByRole('button', { name: 'Save anyway' }));
    await waitFor(() =>
      expect(api.asked(contract.updateConnection).map(({ body }) => body.saveAnyway)).toEqual([false, true]),
    );
  });

  it('says so when the connection is gone', async () => {
    const { api } = show();
    api.on(contract.getConnection, () => refuse('notFound', { detail: 'This connection is not here.' }));
    expect(await screen.findByText('This connection is not here.')).toBeInTheDocument();
  });
});

describe('saving over somebody else’s change', () => {
  const theirs: contract.Connection = {
    ...lake,
    name: 'Their lake',
    sharing: { sharedWith: 'adminsAndContributors', people: [] },
    etag: '"2"',
  };

  const showStale = (saved: contract.Connection) => {
    const shown = show();
    shown.api.on(contract.updateConnection, ({ headers }) => {
      if (headers.get('if-match') === saved.etag) return { ...saved, name: 'Merged', etag: '"3"' };
      shown.api.on(contract.getConnection, () => saved);
      return refuse('preconditionFailed');
    });
    return shown;
  };

  it('shows both versions, asks where both changed, and saves what was chosen', async () => {
    const { api, user } = showStale(theirs);
    const name = await nameInput();
    await user.clear(name);
    await user.type(name, 'Your lake');
    await user.type(screen.getByRole('textbox', { name: 'Container' }), '2');
    await user.click(save());

    expect(await screen.findByText('Contoso lake was changed meanwhile')).toBeInTheDocument();
    const nameChoice = screen.getByRole('group', { name: 'Display name' });
    expect(within(nameChoice).getByText('You both changed this.')).toBeInTheDocument();
    expect(save()).toHaveAccessibleDescription('Choose a version of “Display name”.');
    await user.click(save());
    expect(api.asked(contract.updateConnection)).toHaveLength(1);
    const shared = screen.getByRole('group', { name: 'Who can use this connection' });
    expect(within(shared).getByRole('radio', { name: 'Saved version: Administrators and contributors' })).toBeChecked();
    const container = screen.getByRole('group', { name: 'Container' });
    expect(within(container).getByRole('radio', { name: 'Your version: exports2' })).toBeChecked();

    await user.click(within(nameChoice).getByRole('radio', { name: 'Your version: Your lake' }));
    await user.click(save());
    expect(await screen.findByText('Merged is saved.')).toBeInTheDocument();
    const last = api.asked(contract.updateConnection).at(-1);
    expect(last?.headers.get('if-match')).toBe('"2"');
    expect(last?.body).toEqual({ name: 'Your lake', settings: { container: 'exports2' }, saveAnyway: false });
  });

  it('leads back to the form with everything as it was typed', async () => {
    const { user } = showStale(theirs);
    const name = await nameInput();
    await user.type(name, ' of mine');
    await user.click(save());
    await user.click(await screen.findByRole('button', { name: 'Back to the form' }));
    expect(await nameInput()).toHaveValue('Contoso lake of mine');
  });

  it('keeps the secret that somebody else replaced, and says so', async () => {
    const { api, user } = showStale({
      ...lake,
      etag: '"2"',
      secrets: { accountKey: { setAt: '2026-11-21T08:00:00Z' } },
    });
    await user.type(await nameInput(), '!');
    await user.click(save());
    expect(await screen.findByText(/Somebody else also replaced the account key/)).toBeInTheDocument();
    await user.click(save());
    await waitFor(() => expect(api.asked(contract.updateConnection)).toHaveLength(2));
    expect(api.asked(contract.updateConnection)[1]?.body).toEqual({ name: 'Contoso lake!', saveAnyway: false });
  });

  it('asks nothing when only something else changed', async () => {
    const { api, user } = showStale({ ...lake, isPaused: true, status: 'paused', etag: '"2"' });
    await user.type(await nameInput(), '!');
    await user.click(save());
    expect(await screen.findByText('Merged is saved.')).toBeInTheDocument();
    expect(api.asked(contract.updateConnection).map(({ headers }) => headers.get('if-match'))).toEqual(['"1"', '"2"']);
  });
});
