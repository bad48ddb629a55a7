import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { signInOptions } from '../../testing/sign-in-options.ts';
import { aToken, inDays } from '../../testing/tokens.ts';

const secret = `jct_${'x'.repeat(43)}`;

const show = (tokens: contract.ApiToken[] = [], address = '/account') => {
  const api = mockApi();
  signIn(api);
  api.on(contract.listMySessions, () => ({ value: [] }));
  api.on(contract.getSignInOptions, () => signInOptions());
  api.on(contract.listMyTokens, () => ({ value: tokens }));
  api.on(contract.createMyToken, ({ body }) => ({
    ...aToken({ name: body.name, scope: body.scope, expiresAt: inDays(body.expiresInDays) }),
    token: secret,
  }));
  return { api, app: renderApp(address) };
};

const rowOf = (name: string) => screen.findByRole('row', { name });

test('lists what each token may do, when it ends and when it was last used', async () => {
  show([
    aToken({ name: 'Reader', scope: [...contract.tokenActions].filter((action) => /:(list|read)$/.test(action)) }),
    aToken({ name: 'Starter', scope: ['export:list', 'export:run', 'run:list', 'run:read'], expiresAt: inDays(9) }),
    aToken({
      name: 'Old',
      scope: ['activity:list'],
      expiresAt: '2020-01-01T00:00:00Z',
      isExpired: true,
      lastUsedAt: new Date(Date.now() - 5 * 60_000).toISOString(),
      lastUsedFrom: '10.0.0.7',
    }),
  ]);
  await screen.findByRole('heading', { name: 'API tokens' });
  const reader = await rowOf('Reader');
  expect(within(reader).getByText('Read only')).toBeVisible();
  expect(within(reader).getByText('Never used')).toBeVisible();
  expect(within(reader).getByText('jct_A1b2C3…')).toBeVisible();
  expect(within(reader).queryByText(/^Expire/)).toBeNull();
  const starter = await rowOf('Starter');
  expect(within(starter).getByText(/^List exports; Run exports.* and 2 more$/)).toBeVisible();
  expect(within(starter).getByText('Expires in 9 days')).toBeVisible();
  const old = await rowOf('Old');
  expect(within(old).getByText('See the activity')).toBeVisible();
  expect(within(old).getByText('Expired')).toBeVisible();
  expect(within(old).getByText('5 minutes ago')).toBeVisible();
  expect(within(old).getByText('from 10.0.0.7')).toBeVisible();
});

test('without tokens it says what they are for, and leads to the first', async () => {
  const { app } = show();
  expect(await screen.findByRole('heading', { name: 'No tokens' })).toBeVisible();
  await app.user.click(screen.getByRole('button', { name: 'New token' }));
  expect(await screen.findByRole('dialog', { name: 'New token' })).toBeInTheDocument();
  expect(app.address()).toBe('/account/tokens/new');
});

test('a list that cannot be read says so and is read again', async () => {
  const { api, app } = show();
  api.on(contract.listMyTokens, () => refuse('internal', { detail: 'Something went wrong.' }));
  expect(await screen.findByText('Something went wrong.')).toBeVisible();
  api.on(contract.listMyTokens, () => ({ value: [aToken()] }));
  await app.user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await rowOf('Nightly report')).toBeVisible();
});

test('with the most there may be, the button says why it does nothing', async () => {
  show(Array.from({ length: contract.maxTokensPerOwner }, (_, index) => aToken({ name: `Token ${index}` })));
  const add = await screen.findByRole('button', { name: 'New token' });
  expect(add).toHaveAttribute('aria-disabled', 'true');
  expect(add).toHaveAttribute('title', expect.stringContaining('Revoke one first'));
});

test('makes a token, shows it once and keeps it nowhere', async () => {
  const { api, app } = show([], '/account/tokens/new');
  await app.user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Nightly report');
  await app.user.click(screen.getByRole('radio', { name: /^Run exports/ }));
  expect(screen.getByText(/^It ends on /)).toBeInTheDocument();
  api.on(contract.listMyTokens, () => ({ value: [aToken({ name: 'Nightly report' })] }));
  await app.user.click(screen.getByRole('button', { name: 'Make token' }));

  const shown = await screen.findByRole('dialog', { name: 'Copy the token now' });
  expect(within(shown).getByLabelText('Token')).toHaveValue(secret);
  expect(within(shown).getByText(/shown only now/)).toBeInTheDocument();
  expect(shown).toHaveTextContent(/curl --header "Authorization: Bearer \$JUNCTION_TOKEN" http/);
  expect(api.asked(contract.createMyToken)[0]?.body).toEqual({
    name: 'Nightly report',
    expiresInDays: 90,
    scope: ['environment:read', 'export:list', 'export:read', 'export:run', 'run:list', 'run:read'],
  });
  expect(app.address()).not.toContain(secret);
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(secret);

  await app.user.click(within(shown).getByRole('button', { name: 'Copy token' }));
  expect(await screen.findByText('Token copied.')).toBeInTheDocument();
  await app.user.click(within(shown).getByRole('button', { name: 'Done' }));
  expect(await rowOf('Nightly report')).toBeInTheDocument();
  await waitFor(() => expect(document.body.innerHTML).not.toContain(secret));
  const cached = [...app.queryClient.getQueryCache().getAll(), ...app.queryClient.getMutationCache().getAll()];
  expect(JSON.stringify(cached.map(({ state }) => state))).not.toContain(secret);
});

test('closing without a copy asks first', async () => {
  const { app } = show([], '/account/tokens/new');
  await app.user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Nightly report{Enter}');
  const shown = await screen.findByRole('dialog', { name: 'Copy the token now' });
  await app.user.click(within(shown).getByRole('button', { name: 'Done' }));
  const question = await screen.findByRole('alertdialog', { name: 'Close without copying the token?' });
  await app.user.click(within(question).getByRole('button', { name: 'Cancel' }));
  expect(screen.getByLabelText('Token')).toHaveValue(secret);
  await app.user.click(within(shown).getByRole('button', { name: 'Done' }));
  const again = await screen.findByRole('alertdialog', { name: 'Close without copying the token?' });
  await app.user.click(within(again).getByRole('button', { name: 'Close without a copy' }));
  await waitFor(() => expect(app.address()).toBe('/account'));
});

test('a token lasts as many days as are typed, and says what it cannot last', async () => {
  const { api, app } = show([], '/account/tokens/new');
  await app.user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Short');
  await app.user.click(screen.getByRole('combobox', { name: /^Works for/ }));
  await app.user.click(await screen.findByRole('option', { name: 'Another number of days' }));
  const days = await screen.findByLabelText(/^Days/);
  await app.user.type(days, '366');
  await app.user.click(screen.getByRole('button', { name: 'Make token' }));
  expect(await screen.findByText('A token lasts at most 365 days.')).toBeInTheDocument();
  expect(api.asked(contract.createMyToken)).toHaveLength(0);
  await app.user.clear(days);
  await app.user.type(days, 'soon');
  expect(await screen.findByText('Enter a whole number of days.')).toBeInTheDocument();
  await app.user.clear(days);
  await app.user.type(days, '14');
  expect(await screen.findByText(/^It ends on /)).toBeInTheDocument();
  await app.user.click(screen.getByRole('button', { name: 'Make token' }));
  await screen.findByRole('dialog', { name: 'Copy the token now' });
  expect(api.asked(contract.createMyToken)[0]?.body.expiresInDays).toBe(14);
});

test('what a token may do is chosen one by one, or all about one thing', async () => {
  const { api, app } = show([], '/account/tokens/new');
  await app.user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Chosen');
  await app.user.click(screen.getByRole('radio', { name: 'Only what I choose' }));
  await app.user.click(screen.getByRole('button', { name: 'Make token' }));
  expect(await screen.findByText('Choose what the token may do.')).toBeInTheDocument();
  const runs = screen.getByRole('group', { name: 'Runs' });
  await app.user.click(within(runs).getByRole('checkbox', { name: 'Runs: all' }));
  await app.user.click(screen.getByRole('checkbox', { name: 'See the activity' }));
  await app.user.click(within(runs).getByRole('checkbox', { name: 'See one run and its parts' }));
  expect(within(runs).getByRole('checkbox', { name: 'Runs: all' })).toBePartiallyChecked();
  await app.user.click(screen.getByRole('button', { name: 'Make token' }));
  await screen.findByRole('dialog', { name: 'Copy the token now' });
  expect(api.asked(contract.createMyToken)[0]?.body.scope.toSorted()).toEqual(['activity:list', 'run:list']);
});

test('a refusal keeps what was typed', async () => {
  const { api, app } = show([], '/account/tokens/new');
  api.on(contract.createMyToken, () => refuse('tooManyTokens', { detail: 'You have 50 tokens. Revoke one first.' }));
  await app.user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Nightly report{Enter}');
  expect(await screen.findByText('You have 50 tokens. Revoke one first.')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveValue('Nightly report');
});

test('shows all of one token', async () => {
  const token = aToken({ scope: ['export:list', 'export:read', 'run:read', 'activity:list'] });
  const { app } = show([token]);
  await app.user.click(await screen.findByRole('link', { name: 'Nightly report' }));
  const panel = await screen.findByRole('dialog', { name: 'Nightly report' });
  expect(app.address()).toBe(`/account/tokens/${token.id}`);
  for (const words of ['List exports', 'See one export', 'See one run and its parts', 'See the activity'])
    expect(within(panel).getByText(words)).toBeInTheDocument();
  expect(within(panel).getByText(/by Ada Admin/)).toBeInTheDocument();
});

test('the address of a token that is gone says so', async () => {
  show([], '/account/tokens/01990000-0000-7000-8000-000000000009');
  expect(await screen.findByText(/This token is gone/)).toBeInTheDocument();
});

test('revokes a token after asking, and the list has it no more', async () => {
  const [token, other] = [aToken(), aToken({ name: 'Other' })];
  const { api, app } = show([token, other]);
  let reread = (): void => undefined;
  api.on(contract.deleteMyToken, () => {
    api.on(contract.listMyTokens, async () => {
      await new Promise<void>((resolve) => {
        reread = resolve;
      });
      return { value: [other] };
    });
  });
  await app.user.click(await screen.findByRole('button', { name: 'Actions for Nightly report' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Revoke' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Revoke Nightly report?' });
  expect(within(dialog).getByText('It was never used.')).toBeInTheDocument();
  expect(api.asked(contract.deleteMyToken)).toHaveLength(0);
  await app.user.click(within(dialog).getByRole('button', { name: 'Revoke' }));
  expect(await screen.findByText('Nightly report was revoked.')).toBeInTheDocument();
  // At once, not only when the list has been read again.
  await waitFor(() => expect(screen.queryByRole('row', { name: 'Nightly report' })).toBeNull());
  expect(api.asked(contract.deleteMyToken)[0]?.params).toEqual({ tokenId: token.id });
  reread();
  expect(await rowOf('Other')).toBeInTheDocument();
});

test.each([
  ['internal', 'Something went wrong.', true],
  ['notFound', 'Nightly report was revoked already.', false],
] as const)('when revoking is refused with %s, it says so', async (code, words, staysOpen) => {
  const token = aToken();
  const { api, app } = show([token], `/account/tokens/${token.id}/revoke`);
  api.on(contract.deleteMyToken, () => refuse(code, { detail: 'Something went wrong.' }));
  await screen.findByRole('alertdialog', { name: 'Revoke Nightly report?' });
  await waitFor(() => expect(screen.getByRole('button', { name: 'Revoke' })).toBeEnabled());
  await app.user.click(screen.getByRole('button', { name: 'Revoke' }));
  expect(await screen.findByText(words)).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole('alertdialog') !== null).toBe(staysOpen));
});
