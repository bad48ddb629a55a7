import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { anId, someTime } from '../../../testing/fixtures.ts';
import { mockApi, refuse } from '../../../testing/mock-api.ts';
import { renderApp, signIn } from '../../../testing/render-app.tsx';

const aHook = (changes: Partial<contract.NoticeHook> = {}): contract.NoticeHook => ({
  id: anId(),
  name: 'Operations chat',
  url: 'https://hooks.contoso.example/junction',
  kinds: [...contract.hookNoticeKinds],
  isOn: true,
  isSigned: false,
  lastDelivery: null,
  etag: '"v1"',
  ...changes,
});

/** The settings of an environment with these webhooks. */
const show = (below = '', hooks: contract.NoticeHook[] = [], isBroken = false) => {
  const api = mockApi();
  const { environment } = signIn(api);
  api.on(contract.listMembers, () => ({ value: [] }));
  const saved = [...hooks];
  const hooksCanBeRead = () => api.on(contract.listNoticeHooks, () => ({ value: saved }));
  if (isBroken) api.on(contract.listNoticeHooks, () => refuse('internal', { detail: 'Something went wrong.' }));
  else hooksCanBeRead();
  const app = renderApp(`/e/${environment.id}/settings${below}`);
  return { api, environment, saved, hooksCanBeRead, app };
};

const entry = (name: string) => screen.findByRole('listitem', { name });
const panel = (name: string) => screen.findByRole('dialog', { name });
const bodies = ({ api }: Pick<ReturnType<typeof show>, 'api'>) =>
  api.asked(contract.updateNoticeHook).map(({ body }) => body);

test('tells of each webhook where it leads, what it wants to know and how the last delivery went', async () => {
  const failed = { at: someTime, isDelivered: false, message: 'It answered 410.', remedy: 'Enter another URL.' };
  const arrived = { at: someTime, isDelivered: true, message: null, remedy: null };
  show('', [
    aHook({ isSigned: true, lastDelivery: arrived }),
    aHook({ name: 'Pager', kinds: ['export.failing', 'export.auto-paused'], isOn: false, lastDelivery: failed }),
    aHook({ name: 'New one' }),
  ]);
  const chat = await entry('Operations chat');
  expect(chat).toHaveTextContent('https://hooks.contoso.example/junction');
  expect(chat).toHaveTextContent('NoticesAll');
  expect(chat).toHaveTextContent('StateOn');
  expect(chat).toHaveTextContent('SignedYes');
  expect(chat).toHaveTextContent('Last deliveryArrived');
  const pager = await entry('Pager');
  expect(pager).toHaveTextContent('An export began to fail and a schedule was paused by itself');
  expect(pager).toHaveTextContent('Off: nothing is sent');
  expect(pager).toHaveTextContent('SignedNo');
  expect(pager).toHaveTextContent(/Did not arrive .*It answered 410\.Enter another URL\./);
  expect(await entry('New one')).toHaveTextContent('None yet');
});

test('webhooks that cannot be read can be asked for again', async () => {
  const { app, hooksCanBeRead } = show('', [aHook()], true);
  expect(await screen.findByText('Something went wrong.')).toBeVisible();
  hooksCanBeRead();
  await app.user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await entry('Operations chat')).toBeVisible();
});

test('adds a webhook, with a secret made here', async () => {
  const { api, app, environment, saved } = show();
  api.on(contract.createNoticeHook, ({ body }) => {
    const hook = aHook({ name: body.name, url: body.url, kinds: body.kinds, isSigned: body.secret !== undefined });
    saved.push(hook);
    return hook;
  });
  await app.user.click(await screen.findByRole('button', { name: 'Add webhook' }));
  const form = within(await panel('Add notice webhook'));
  await app.user.type(form.getByRole('textbox', { name: /^Name/ }), 'Operations chat');
  await app.user.type(form.getByRole('textbox', { name: /^URL/ }), 'https://hooks.contoso.example/junction');
  await app.user.click(form.getByRole('checkbox', { name: 'An export works again' }));
  await app.user.click(form.getByRole('checkbox', { name: 'A connection works again' }));
  await app.user.click(form.getByRole('button', { name: 'Generate one' }));
  const secret = form.getByLabelText<HTMLInputElement>('Signing secret').value;
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await app.user.click(form.getByRole('button', { name: 'Copy secret' }));
  expect(await navigator.clipboard.readText()).toBe(secret);
  await app.user.click(form.getByRole('button', { name: 'Add' }));
  expect(await entry('Operations chat')).toHaveTextContent('SignedYes');
  expect(api.asked(contract.createNoticeHook)[0]?.body).toEqual({
    name: 'Operations chat',
    url: 'https://hooks.contoso.example/junction',
    kinds: contract.hookNoticeKinds.filter((kind) => kind !== 'export.recovered' && kind !== 'connection.recovered'),
    isOn: true,
    secret,
  });
  expect(app.address()).toBe(`/e/${environment.id}/settings`);
  await waitFor(() => expect(document.body.innerHTML).not.toContain(secret));
});

test('what is missing or wrong is said at its field, by the page and by the server', async () => {
  const { api, app } = show('/webhooks/new');
  const form = within(await panel('Add notice webhook'));
  for (const box of form.getAllByRole('checkbox')) await app.user.click(box);
  await app.user.type(form.getByRole('textbox', { name: /^URL/ }), 'hooks');
  await app.user.click(form.getByRole('button', { name: 'Add' }));
  expect(await form.findByText('Choose at least one kind of notice.')).toBeInTheDocument();
  expect(form.getByText('Enter a URL such as https://hooks.contoso.com/junction.')).toBeInTheDocument();
  expect(api.asked(contract.createNoticeHook)).toHaveLength(0);
  await app.user.type(form.getByRole('textbox', { name: /^Name/ }), 'Chat');
  await app.user.click(form.getByRole('checkbox', { name: 'An export began to fail' }));
  const url = form.getByRole('textbox', { name: /^URL/ });
  await app.user.clear(url);
  await app.user.type(url, 'http://10.0.0.1/in');
  const errors = [{ field: 'url', code: 'privateAddress', message: 'Junction does not connect to 10.0.0.1.' }];
  api.on(contract.createNoticeHook, () => refuse('invalidInput', { errors }));
  await app.user.click(form.getByRole('button', { name: 'Add' }));
  expect(await form.findByText('Junction does not connect to 10.0.0.1.')).toBeInTheDocument();
  expect(url).toHaveFocus();
  const full = [{ field: '', code: 'too_many', message: 'Delete one first.' }];
  api.on(contract.createNoticeHook, () => refuse('invalidInput', { errors: full }));
  await app.user.click(form.getByRole('button', { name: 'Add' }));
  expect(await form.findByText('Delete one first.')).toBeInTheDocument();
});

test('with as many as there may be, no more can be added', async () => {
  const names = Array.from({ length: contract.maximumNoticeHooks }, (_, index) => `Hook ${index}`);
  show(
    '',
    names.map((name) => aHook({ name })),
  );
  const add = await screen.findByRole('button', { name: 'Add webhook' });
  expect(add).toHaveAttribute('aria-disabled', 'true');
  expect(add).toHaveAttribute('title', 'There are 10 webhooks, which is the most. Delete one first.');
});

test('saves what was changed and nothing else', async () => {
  const hook = aHook({ isSigned: true });
  const { api, app, saved } = show('', [hook]);
  api.on(contract.updateNoticeHook, () => {
    saved[0] = { ...hook, name: 'Night shift', isOn: false, etag: '"v2"' };
    return saved[0];
  });
  await app.user.click(await screen.findByRole('button', { name: 'Edit Operations chat' }));
  const form = within(await panel('Operations chat'));
  expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  expect(form.queryByLabelText('Signing secret', { selector: 'input' })).toBeNull();
  const name = form.getByRole('textbox', { name: /^Name/ });
  await app.user.clear(name);
  await app.user.type(name, 'Night shift');
  await app.user.click(form.getByRole('switch', { name: /Sending/ }));
  await app.user.click(form.getByRole('button', { name: 'Save' }));
  expect(await entry('Night shift')).toHaveTextContent('Off: nothing is sent');
  expect(bodies({ api })).toEqual([{ name: 'Night shift', isOn: false }]);
  expect(api.asked(contract.updateNoticeHook)[0]?.headers.get('if-match')).toBe('"v1"');
});

test('a secret that is set is replaced, or taken away, on purpose only', async () => {
  const hook = aHook({ isSigned: true });
  const { api, app } = show(`/webhooks/${hook.id}`, [hook]);
  api.on(contract.updateNoticeHook, () => hook);
  const form = within(await panel('Operations chat'));
  await app.user.click(form.getByRole('button', { name: 'Replace the signing secret' }));
  await app.user.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText('Enter a signing secret, or keep the one that is set.')).toBeInTheDocument();
  await app.user.click(form.getByRole('button', { name: 'Keep the one that is set' }));
  expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  await app.user.click(form.getByRole('button', { name: 'Stop signing' }));
  expect(form.getByRole('button', { name: 'Keep signing' })).toHaveFocus();
  await app.user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(bodies({ api })).toEqual([{ secret: null }]));
});

test('another URL needs the secret again', async () => {
  const hook = aHook({ isSigned: true });
  const { api, app } = show(`/webhooks/${hook.id}`, [hook]);
  const form = within(await panel('Operations chat'));
  await app.user.type(form.getByRole('textbox', { name: /^URL/ }), '2');
  expect(form.getByText(/Notices would go to another place: enter the secret again/)).toBeInTheDocument();
  const message = 'Enter the signing secret again; the stored one is not used for another URL.';
  api.on(contract.updateNoticeHook, ({ body }) =>
    body.secret === undefined
      ? refuse('secretRequired', { errors: [{ field: 'secret', code: 'secretRequired', message }] })
      : hook,
  );
  await app.user.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText(message)).toBeInTheDocument();
  expect(form.getByLabelText('Signing secret')).toHaveFocus();
  await app.user.type(form.getByLabelText('Signing secret'), 'whsec_again');
  await app.user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(bodies({ api })).toHaveLength(2));
  expect(bodies({ api })[1]).toEqual({ url: `${hook.url}2`, secret: 'whsec_again' });
});

test('of two who change it at once neither loses anything', async () => {
  const hook = aHook();
  const { api, app, saved } = show(`/webhooks/${hook.id}`, [hook]);
  api.on(contract.updateNoticeHook, ({ headers }) =>
    headers.get('if-match') === '"v1"' ? refuse('preconditionFailed', { detail: 'Somebody changed this.' }) : hook,
  );
  const form = within(await panel('Operations chat'));
  await app.user.click(form.getByRole('checkbox', { name: 'An export works again' }));
  saved[0] = { ...hook, name: 'Night shift', kinds: [...hook.kinds], etag: '"v2"' };
  await app.user.click(form.getByRole('button', { name: 'Save' }));
  const theirs = within(await panel('Night shift'));
  expect(theirs.getByText('Somebody changed this.')).toBeInTheDocument();
  expect(theirs.getByRole('textbox', { name: /^Name/ })).toHaveValue('Night shift');
  expect(theirs.getByRole('checkbox', { name: 'An export works again' })).not.toBeChecked();
  await app.user.click(theirs.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bodies({ api })[1]).toEqual({ kinds: hook.kinds.filter((kind) => kind !== 'export.recovered') });
});

test('one that is gone says so', async () => {
  show(`/webhooks/${anId()}`, [aHook()]);
  const gone = await panel('Notice webhook');
  expect(await within(gone).findByText('This webhook is gone')).toBeInTheDocument();
});

test('deletes a webhook after asking, also when it was changed meanwhile', async () => {
  const hook = aHook();
  const { api, app, environment, saved } = show('', [hook]);
  api.on(contract.deleteNoticeHook, ({ headers }) => {
    if (headers.get('if-match') !== saved[0]?.etag) return refuse('preconditionFailed', { detail: 'It was changed.' });
    saved.pop();
    return undefined;
  });
  await app.user.click(await screen.findByRole('button', { name: 'Delete Operations chat' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Delete Operations chat?' });
  saved[0] = { ...hook, name: 'Night shift', etag: '"v2"' };
  await app.user.click(within(dialog).getByRole('button', { name: 'Delete' }));
  expect(await screen.findByText('It was changed.')).toBeInTheDocument();
  const again = await screen.findByRole('alertdialog', { name: 'Delete Night shift?' });
  await app.user.click(within(again).getByRole('button', { name: 'Delete' }));
  expect(await screen.findByText('Night shift was deleted.')).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Notice webhooks' })).toBeNull());
  expect(app.address()).toBe(`/e/${environment.id}/settings`);
});

test('a test that arrives is said, and shown as the last delivery', async () => {
  const hook = aHook();
  const { api, app } = show('', [hook]);
  const lastDelivery = { at: new Date().toISOString(), isDelivered: true, message: null, remedy: null };
  api.on(contract.testNoticeHook, () => ({ ...hook, lastDelivery }));
  await app.user.click(await screen.findByRole('button', { name: 'Send a test to Operations chat' }));
  expect(await screen.findByText('The test arrived at Operations chat.')).toBeVisible();
  expect(await entry('Operations chat')).toHaveTextContent('Arrived · now');
  expect(api.asked(contract.testNoticeHook)[0]?.params.noticeHookId).toBe(hook.id);
});

test('a test that does not arrive says why and what to do', async () => {
  const hook = aHook();
  const { api, app } = show('', [hook]);
  const lastDelivery = {
    at: new Date().toISOString(),
    isDelivered: false,
    message: 'hooks.contoso.example answered 404.',
    remedy: 'Look at the path of the URL.',
  };
  api.on(contract.testNoticeHook, () => ({ ...hook, lastDelivery }));
  const send = await screen.findByRole('button', { name: 'Send a test to Operations chat' });
  await app.user.click(send);
  expect(await screen.findByText(/The test did not arrive at Operations chat\./)).toBeVisible();
  expect(await entry('Operations chat')).toHaveTextContent('Look at the path of the URL.');
  api.on(contract.testNoticeHook, () => refuse('tooManyRequests', { detail: 'Wait a minute.' }));
  await app.user.click(send);
  expect(await screen.findByText('Wait a minute.')).toBeVisible();
});
