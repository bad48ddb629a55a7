import { manifestOf } from '@junction/connectors/manifests';
import * as contract from '@junction/contracts';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { streamOf } from '../../../testing/mock-api.ts';
import { aConnection, passedCheck } from '../testing/connections.ts';
import { later, showConnections } from '../testing/show-connections.ts';

type User = ReturnType<typeof showConnections>['user'];

const fingerprint = `SHA256:${'a'.repeat(43)}`;
const steps = (manifestOf('sftp')?.steps ?? []).map(({ step }) => ({
  step,
  status: 'passed' as const,
  durationMs: 12,
  code: 'fine',
  message: 'Fine.',
}));
const found: contract.CheckResult = { ...passedCheck(), steps, learned: { hostKeyFingerprint: fingerprint } };
const answering = (result: contract.CheckResult | Promise<contract.CheckResult>) => () =>
  streamOf<typeof contract.checkDraft>(
    (async function* () {
      yield { event: 'result', result: await result };
    })(),
  );

/** Advanced closes while nothing in it differs from what it started with. */
const field = () => screen.getByRole('textbox', { name: 'Host key fingerprint', hidden: true });
const hint = () => screen.queryByText(/^Learned from the server; compare it with your server’s own\./);
const verify = (user: User) => user.click(screen.getByRole('button', { name: /^Verify/ }));
const verified = () => screen.findByText('Verified. Everything this connection needs works.');

const enter = async (user: User, input: HTMLElement, text: string) => {
  await user.clear(input);
  await user.click(input);
  await user.paste(text);
};
const fillIn = async (user: User) => {
  await enter(user, await screen.findByRole('textbox', { name: 'Display name' }), 'Partner');
  await enter(user, screen.getByRole('textbox', { name: 'Host' }), 'files.contoso.com');
  await enter(user, screen.getByRole('textbox', { name: 'User name' }), 'junction');
  await enter(user, screen.getByLabelText('Password', { selector: 'input[type=password]' }), ' secret ');
};

describe('what a verification finds out', () => {
  it('is filled in, said to be learned, and saved with the connection', async () => {
    const { api, user } = showConnections('/new/sftp');
    api.on(contract.checkDraft, answering(found));
    api.on(contract.createConnection, () => aConnection({ type: 'sftp' }));
    await fillIn(user);
    await verify(user);
    await verified();
    expect(screen.getByRole('textbox', { name: 'Host key fingerprint' })).toHaveValue(fingerprint);
    expect(hint()).toBeInTheDocument();
    // What was verified is what the form holds.
    expect(screen.queryByText(/You changed something since this check/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: /I agree/ }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.asked(contract.createConnection)).toHaveLength(1));
    const { settings, secrets } = api.asked(contract.createConnection)[0]?.body ?? {};
    expect(settings).toMatchObject({ hostKeyFingerprint: fingerprint });
    expect(secrets).toEqual({ password: ' secret ' });
  });

  it('is forgotten for another host, and there again for the same one', async () => {
    const { api, user } = showConnections('/new/sftp');
    api.on(contract.checkDraft, answering(found));
    await fillIn(user);
    await verify(user);
    await verified();
    const host = screen.getByRole('textbox', { name: 'Host' });
    await user.type(host, '.example');
    await waitFor(() => expect(field()).toHaveValue(''));
    expect(hint()).not.toBeInTheDocument();
    await user.type(host, '{Backspace>8/}');
    await waitFor(() => expect(field()).toHaveValue(fingerprint));
  });

  it('is filled in neither over what was typed, nor when the form was changed meanwhile, nor after a failure', async () => {
    const { api, user } = showConnections('/new/sftp');
    const answer = later<contract.CheckResult>();
    api.on(contract.checkDraft, answering(answer.promise));
    await fillIn(user);
    await verify(user);
    await enter(user, screen.getByRole('textbox', { name: 'Host' }), 'other.contoso.com');
    answer.settle(found);
    await screen.findByText(/You changed something since this check/);
    expect(field()).toHaveValue('');

    api.on(contract.checkDraft, answering({ ...found, outcome: 'failing' }));
    await verify(user);
    await screen.findByText(/The check could not be completed/);
    expect(field()).toHaveValue('');

    const typed = `SHA256:${'b'.repeat(43)}`;
    await user.click(screen.getByRole('button', { name: 'Advanced' }));
    await enter(user, field(), typed);
    api.on(contract.checkDraft, answering(found));
    await verify(user);
    await verified();
    expect(field()).toHaveValue(typed);
    expect(hint()).not.toBeInTheDocument();
  });
});

it('a saved connection keeps its fingerprint until it leads to another host', async () => {
  const settings = { host: 'files.contoso.com', port: 22, userName: 'junction', authentication: 'password' };
  const saved = aConnection({
    name: 'Partner',
    type: 'sftp',
    settings: { ...settings, hostKeyFingerprint: fingerprint },
    secrets: { password: { setAt: '2026-03-12T09:00:00Z' } },
  });
  const { user } = showConnections(`/${saved.id}/edit`, [saved]);
  const host = await screen.findByRole('textbox', { name: 'Host' });
  expect(field()).toHaveValue(fingerprint);
  await enter(user, host, 'new.contoso.com');
  await waitFor(() => expect(field()).toHaveValue(''));
  await enter(user, host, 'files.contoso.com');
  await waitFor(() => expect(field()).toHaveValue(fingerprint));
  expect(screen.getByText('Nothing has been changed.')).toBeInTheDocument();
});
