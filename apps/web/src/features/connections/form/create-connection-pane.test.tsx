import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse, streamOf } from '../../../testing/mock-api.ts';
import {
  aConnection,
  failedCheck,
  missingContainer,
  passedCheck,
  rejectedKey,
  sampleKey,
} from '../testing/connections.ts';
import { later, showConnections } from '../testing/show-connections.ts';

type User = ReturnType<typeof showConnections>['user'];

const show = () => showConnections('/new/adls-gen2');
const secretInput = (label: string) => screen.getByLabelText(label, { selector: 'input[type=password]' });
const save = () => screen.getByRole('button', { name: 'Save' });

const fillIn = async (user: User) => {
  const enter = async (input: HTMLElement, text: string) => {
    await user.click(input);
    await user.paste(text);
  };
  await enter(await screen.findByRole('textbox', { name: 'Display name' }), 'Contoso lake');
  await enter(screen.getByRole('textbox', { name: 'Account name' }), 'contosolake');
  await enter(screen.getByRole('textbox', { name: 'Container' }), 'exports');
  await enter(secretInput('Account key'), sampleKey);
};
const agree = (user: User) => user.click(screen.getByRole('checkbox', { name: /I agree/ }));

const body = {
  name: 'Contoso lake',
  type: 'adls-gen2',
  sharing: { sharedWith: 'admins', personIds: [] },
  settings: { accountName: 'contosolake', container: 'exports', authentication: 'sharedKey', readsEntities: false },
  secrets: { accountKey: sampleKey },
  consent: { accepted: true, textVersion: '2026-11' },
  saveAnyway: false,
};

describe('setting a connection up', () => {
  it('saves once, although Save is clicked twice, and goes back to the list', async () => {
    const { api, user, address } = show();
    const answer = later<contract.Connection>();
    api.on(contract.createConnection, () => answer.promise);
    await fillIn(user);
    await agree(user);
    await user.dblClick(save());
    expect(screen.getByRole('button', { name: 'Verifying and saving …' })).toHaveAttribute('aria-disabled', 'true');
    answer.settle(aConnection({ name: 'Contoso lake' }));
    expect(await screen.findByText('Contoso lake is set up and healthy.')).toBeInTheDocument();
    expect(api.asked(contract.createConnection).map((asked) => asked.body)).toEqual([body]);
    expect(address()).toMatch(/\/connections$/);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('says what is missing before it can be saved, and sends nothing', async () => {
    const { api, user } = show();
    await screen.findByRole('textbox', { name: 'Display name' });
    expect(save()).toHaveAttribute('aria-disabled', 'true');
    expect(save()).toHaveAccessibleDescription(
      'Still needed: “Display name”, “Account name”, “Container”, “Account key”, and “I agree”.',
    );
    await fillIn(user);
    expect(save()).toHaveAccessibleDescription('Still needed: “I agree”.');
    await user.click(save());
    expect(api.asked(contract.createConnection)).toEqual([]);
  });

  it('shows under the field what to type, once it is left', async () => {
    const { api, user } = show();
    await fillIn(user);
    await agree(user);
    const container = screen.getByRole('textbox', { name: 'Container' });
    await user.clear(container);
    await user.type(container, 'a');
    await user.tab();
    expect(await screen.findByText('A container name has 3 to 63 characters.')).toBeInTheDocument();
    await user.click(save());
    expect(container).toHaveFocus();
    expect(api.asked(contract.createConnection)).toEqual([]);
  });

  it('asks for the secret that the authentication needs', async () => {
    const { user } = show();
    await user.click(await screen.findByRole('radio', { name: /^SAS token/ }));
    expect(secretInput('SAS token')).toBeInTheDocument();
    expect(screen.queryByLabelText('Account key', { selector: 'input[type=password]' })).not.toBeInTheDocument();
    // Right after what decides that it is asked for, not below everything else.
    const next = screen.getByRole('switch', { name: /Read entities/ });
    expect(secretInput('SAS token').compareDocumentPosition(next)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('asks for what a service principal needs, and says what each way to sign in means', async () => {
    const { user } = show();
    await user.click(await screen.findByRole('radio', { name: /^Service principal \(client secret\)/ }));
    expect(screen.getByRole('textbox', { name: 'Tenant' })).toBeRequired();
    expect(screen.getByRole('textbox', { name: 'Client ID' })).toBeRequired();
    expect(screen.getByLabelText('Secret expires on')).toHaveAttribute('type', 'date');
    expect(secretInput('Client secret')).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: /^Service principal \(certificate\)/ }));
    expect(screen.getByRole('textbox', { name: 'Certificate and private key' }).tagName).toBe('TEXTAREA');
    expect(screen.queryByLabelText('Secret expires on')).not.toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: /no secret to keep/ }));
    expect(screen.queryByRole('textbox', { name: 'Tenant' })).not.toBeInTheDocument();
    expect(save()).toHaveAccessibleDescription(
      'Still needed: “Display name”, “Account name”, “Container”, and “I agree”.',
    );
  });

  it('asks for the folder of the entities once they are read from there, and may do without', async () => {
    const { api, user } = show();
    api.on(contract.createConnection, () => aConnection());
    await fillIn(user);
    await agree(user);
    const toggle = screen.getByRole('switch', { name: /Read entities from a folder here/ });
    expect(toggle).not.toBeChecked();
    expect(screen.queryByRole('textbox', { name: 'Entities folder' })).not.toBeInTheDocument();
    await user.click(toggle);
    const folder = screen.getByRole('textbox', { name: 'Entities folder' });
    expect(folder).not.toBeRequired();
    await user.click(folder);
    await user.paste('https://contosolake.dfs.core.windows.net/exports/ci/prod');
    expect(screen.getByRole('textbox', { name: 'Base folder' })).toHaveValue('');
    await user.click(save());
    await waitFor(() => expect(api.asked(contract.createConnection)).toHaveLength(1));
    expect(api.asked(contract.createConnection)[0]?.body.settings).toMatchObject({
      readsEntities: true,
      entityFolder: 'ci/prod',
    });
  });

  it('keeps what few people need under Advanced', async () => {
    const { user } = show();
    const advanced = await screen.findByRole('button', { name: 'Advanced' });
    expect(advanced).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('textbox', { name: 'Endpoint' })).not.toBeInTheDocument();
    await user.click(advanced);
    expect(screen.getByRole('textbox', { name: 'Endpoint' })).toBeInTheDocument();
  });

  it('takes the key out of a pasted address, and leaves Advanced closed while it holds what it started with', async () => {
    const { user } = showConnections('/new/http-webhook');
    await user.click(await screen.findByRole('textbox', { name: 'URL' }));
    await user.paste('https://hooks.contoso.com/in?sig=canary');
    expect(screen.getByRole('textbox', { name: 'URL' })).toHaveValue('https://hooks.contoso.com/in');
    expect(secretInput('Query with the key')).toHaveValue('sig=canary');
    expect(screen.getByRole('button', { name: 'Advanced' })).toHaveAttribute('aria-expanded', 'false');
  });

  it('fills several fields in from a pasted connection string', async () => {
    const { user } = show();
    await user.click(await screen.findByRole('textbox', { name: 'Account name' }));
    await user.paste(`AccountName=fabrikam;AccountKey=${sampleKey};EndpointSuffix=core.chinacloudapi.cn`);
    expect(screen.getByRole('textbox', { name: 'Account name' })).toHaveValue('fabrikam');
    expect(secretInput('Account key')).toHaveValue(sampleKey);
    expect(screen.getByLabelText('Endpoint')).toHaveValue('core.chinacloudapi.cn');
    expect(screen.getByRole('button', { name: 'Advanced' })).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText(/Filled in from what you pasted: Account name/)).toBeInTheDocument();
  });

  it('fills in the sample lake where there is one', async () => {
    const { api, user } = show();
    api.on(contract.getSampleLake, () => ({
      sample: {
        accountName: 'contosolake',
        accountKey: sampleKey,
        endpoint: 'http://127.0.0.1:10004/contosolake',
        container: 'customerinsights',
        entityFolder: 'ci_sample',
        exportsContainer: 'exports',
      },
    }));
    await user.click(await screen.findByRole('button', { name: 'Fill in the sample lake' }));
    expect(screen.getByRole('textbox', { name: 'Display name' })).toHaveValue('Contoso sample lake');
    expect(screen.getByLabelText('Endpoint')).toHaveValue('http://127.0.0.1:10004/contosolake');
    expect(save()).toHaveAccessibleDescription('Still needed: “I agree”.');
  });

  it('puts what the server refuses back onto its field', async () => {
    const { api, user } = show();
    api.on(contract.createConnection, () =>
      refuse('nameTaken', { errors: [{ field: 'name', code: 'taken', message: 'Another connection has this name.' }] }),
    );
    await fillIn(user);
    await agree(user);
    await user.click(save());
    expect(await screen.findByText('Another connection has this name.')).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Display name' })).toHaveFocus());
    expect(secretInput('Account key')).toHaveValue(sampleKey);
  });

  it('says so when the server cannot be reached, and keeps what was typed', async () => {
    const { api, user } = show();
    await fillIn(user);
    await agree(user);
    api.on(contract.createConnection, () => 'offline');
    await user.click(save());
    expect(await screen.findAllByText(/Junction cannot be reached/)).not.toHaveLength(0);
    expect(screen.getByRole('textbox', { name: 'Display name' })).toHaveValue('Contoso lake');
  });

  it('shows the failed step on its field when the check fails, and saves anyway when told to', async () => {
    const { api, user } = show();
    api.on(contract.createConnection, ({ body: { saveAnyway } }) =>
      saveAnyway
        ? aConnection({ name: 'Contoso lake', status: 'actionRequired' })
        : refuse('checkFailed', {
            check: failedCheck(),
            errors: [{ field: 'secrets.accountKey', code: rejectedKey.code, message: rejectedKey.message }],
          }),
    );
    await fillIn(user);
    await agree(user);
    await user.click(save());
    const steps = await screen.findByRole('list', { name: 'Verification steps' });
    expect(within(steps).getByText('Copy key1 again from Access keys.')).toBeInTheDocument();
    expect(secretInput('Account key')).toHaveAccessibleDescription(/does not accept this key/);
    await user.click(screen.getByRole('button', { name: 'Save anyway' }));
    expect(await screen.findByText('Contoso lake is saved. It needs action before it works.')).toBeInTheDocument();
    expect(api.asked(contract.createConnection).map((asked) => asked.body.saveAnyway)).toEqual([false, true]);
  });

  it('asks before unsaved changes are left', async () => {
    const { user, address } = show();
    await user.type(await screen.findByRole('textbox', { name: 'Display name' }), 'Half');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    const question = await screen.findByRole('alertdialog', { name: 'Leave without saving?' });
    await user.click(within(question).getByRole('button', { name: 'Cancel' }));
    expect(screen.getByRole('textbox', { name: 'Display name' })).toHaveValue('Half');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
  });

  it('says so when there is no such type', async () => {
    showConnections('/new/fax');
    expect(await screen.findByText('There is no such type of connection')).toBeInTheDocument();
  });
});

describe('verifying what is typed', () => {
  const stepOf = (label: string) => {
    const steps = screen.getByRole('list', { name: 'Verification steps' });
    const step = within(steps).getByText(label).closest('li');
    if (step === null) throw new Error(`There is no step ${label}.`);
    return within(step);
  };

  it('shows the steps as they end, and runs once although Verify is clicked twice', async () => {
    const { api, user } = show();
    const [first, second] = [later<contract.CheckEvent>(), later<contract.CheckEvent>()];
    api.on(contract.checkDraft, () =>
      streamOf<typeof contract.checkDraft>(
        (async function* () {
          yield { event: 'started', step: 'endpoint' };
          yield await first.promise;
          yield await second.promise;
        })(),
      ),
    );
    await fillIn(user);
    await user.dblClick(screen.getByRole('button', { name: 'Verify' }));
    await screen.findByRole('list', { name: 'Verification steps' });
    await waitFor(() => expect(stepOf('Find the account').getByText('Running')).toBeInTheDocument());
    expect(stepOf('Connect').getByText('Waiting')).toBeInTheDocument();
    const [endpoint] = passedCheck().steps;
    if (endpoint === undefined) throw new Error('A check has steps.');
    first.settle({ event: 'finished', step: endpoint });
    await waitFor(() => expect(stepOf('Find the account').getByText('Passed · 12 ms')).toBeInTheDocument());
    expect(screen.getByText('1 of 7 steps done.')).toHaveRole('status');
    second.settle({ event: 'result', result: passedCheck() });
    expect(await screen.findByText('Verified. Everything this connection needs works.')).toBeInTheDocument();
    expect(screen.getByText('Verification passed.')).toHaveRole('status');
    expect(api.asked(contract.checkDraft).map((asked) => asked.body)).toEqual([
      { type: 'adls-gen2', settings: body.settings, secrets: body.secrets, allow: [] },
    ]);
  });

  it('can be cancelled while it runs, and run again', async () => {
    const { api, user } = show();
    const never = later<contract.CheckEvent>();
    api.on(contract.checkDraft, () =>
      streamOf<typeof contract.checkDraft>(
        (async function* () {
          yield { event: 'started', step: 'endpoint' };
          yield await never.promise;
        })(),
      ),
    );
    await fillIn(user);
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    await user.click(await screen.findByRole('button', { name: 'Cancel verification' }));
    expect(await screen.findByText('Verification stopped after 0 of 7 steps.')).toHaveRole('status');
    expect(screen.getByRole('button', { name: 'Verify again' })).toHaveFocus();
    expect(stepOf('Connect').getByText('Not run')).toBeInTheDocument();
    api.on(contract.checkDraft, () =>
      streamOf<typeof contract.checkDraft>([{ event: 'result', result: passedCheck() }]),
    );
    await user.click(screen.getByRole('button', { name: 'Verify again' }));
    expect(await screen.findByText('Verified. Everything this connection needs works.')).toBeInTheDocument();
  });

  it('says why a step failed, on the field too, and offers to create the container', async () => {
    const { api, user } = show();
    api.on(contract.checkDraft, ({ body: { allow } }) =>
      streamOf<typeof contract.checkDraft>([
        { event: 'result', result: allow.includes('createContainer') ? passedCheck() : failedCheck(missingContainer) },
      ]),
    );
    await fillIn(user);
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    await screen.findByRole('list', { name: 'Verification steps' });
    await waitFor(() => expect(stepOf('Find the container').getByText('Code: container.missing')).toBeInTheDocument());
    expect(stepOf('Open the base folder').getByText('Skipped')).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Container' })).toHaveAccessibleDescription(/There is no container/);
    await user.click(screen.getByRole('button', { name: 'Create container' }));
    expect(await screen.findByText('Verified. Everything this connection needs works.')).toBeInTheDocument();
    expect(api.asked(contract.checkDraft).map((asked) => asked.body.allow)).toEqual([[], ['createContainer']]);
  });

  it('goes to the field that is wrong instead of asking the server', async () => {
    const { api, user } = show();
    await user.click(await screen.findByRole('button', { name: 'Verify' }));
    expect(await screen.findByText('Enter the account name.')).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Account name' })).toHaveFocus();
    expect(api.asked(contract.checkDraft)).toEqual([]);
  });

  it('says that the result is old once something changed', async () => {
    const { api, user } = show();
    api.on(contract.checkDraft, () =>
      streamOf<typeof contract.checkDraft>([{ event: 'result', result: passedCheck() }]),
    );
    await fillIn(user);
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    await screen.findByText('Verified. Everything this connection needs works.');
    await user.type(screen.getByRole('textbox', { name: 'Container' }), '2');
    expect(screen.getByText(/You changed something since this check/)).toBeInTheDocument();
  });

  it('says so when the check cannot be asked for', async () => {
    const { api, user } = show();
    api.on(contract.checkDraft, () => refuse('tooManyRequests', { detail: 'Wait a minute, then verify again.' }));
    await fillIn(user);
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    expect(await screen.findByText('Wait a minute, then verify again.')).toBeInTheDocument();
  });
});
