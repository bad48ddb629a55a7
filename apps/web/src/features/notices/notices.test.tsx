import * as contract from '@junction/contracts';
import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { anId, someTime } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';
import { noticesPollMs } from './api.ts';

afterEach(() => vi.useRealTimers());

const aNotice = (changes: Partial<contract.Notice> = {}): contract.Notice => ({
  id: anId(),
  at: someTime,
  kind: 'export.failing',
  subject: { type: 'export', id: anId(), name: 'High value customers' },
  message: 'The account key is not accepted.',
  remedy: 'Enter the key that the account has now.',
  runId: null,
  isRead: false,
  ...changes,
});

/** An API that has these notices, the oldest first, and remembers up to which one they were read. */
const show = (path = '', notices: contract.Notice[] = [], role: contract.Role = 'admin') => {
  const api = mockApi();
  const { environment } = signIn(api, { environment: { role } });
  api.on(contract.listMembers, () => ({ value: [] }));
  const told = [...notices];
  const unread = () => told.filter(({ isRead }) => !isRead).length;
  api.on(contract.listNotices, ({ query }) => {
    const from = Number(query.skiptoken ?? 0);
    const to = from + query.maxpagesize;
    const newestFirst = told.toReversed();
    return {
      value: newestFirst.slice(from, to),
      unread: Math.min(unread(), contract.mostUnreadCounted),
      ...(to < told.length && {
        nextLink: `/api/v1/environments/${environment.id}/notices?maxpagesize=${query.maxpagesize}&skiptoken=${to}`,
      }),
    };
  });
  api.on(contract.readNotices, ({ body: { upTo } }) => {
    for (const [index, notice] of told.entries()) if (notice.id <= upTo) told[index] = { ...notice, isRead: true };
  });
  const app = renderApp(`/e/${environment.id}/members${path}`);
  return { api, environment, told, app };
};

const bell = (name: string | RegExp) => screen.findByRole('button', { name });
const pane = () => screen.findByRole('dialog', { name: 'Notices' });
const entries = async () => within(await screen.findByRole('list', { name: 'Notices' })).getAllByRole('listitem');
const many = (count: number, changes: Partial<contract.Notice> = {}) =>
  Array.from({ length: count }, (_, index) =>
    aNotice({ subject: { type: 'export', id: anId(), name: `Export ${index + 1}` }, ...changes }),
  );

test.each([
  [0, 'Notices'],
  [3, 'Notices, 3 unread'],
  [99, 'Notices, 99 unread'],
  [100, 'Notices, 99+ unread'],
])('the bell tells of %i unread notices', async (unread, name) => {
  show('', many(unread));
  expect(await bell(name)).toBeVisible();
});

test('opening them shows what happened, newest first, and makes them read', async () => {
  const { api, app, environment } = show('', [
    aNotice({ isRead: true, kind: 'export.recovered', message: 'A run succeeded again.', remedy: null }),
    aNotice(),
  ]);
  await app.user.click(await bell('Notices, 1 unread'));
  const [first, second] = await entries();
  expect(app.address()).toBe(`/e/${environment.id}/members?notices=`);
  expect(first).toHaveTextContent('Unread: High value customers');
  expect(first).toHaveTextContent('An export began to fail');
  expect(first).toHaveTextContent('The account key is not accepted.');
  expect(first).toHaveTextContent('Enter the key that the account has now.');
  expect(within(first as HTMLElement).getByRole('time')).toHaveAttribute('title', expect.stringContaining('2026'));
  expect(second).toHaveTextContent('An export works again');
  expect(second).not.toHaveTextContent('Unread');
  await waitFor(() => expect(screen.queryByText('1')).toBeNull());
  expect(api.asked(contract.readNotices)).toHaveLength(1);
  // What one has not seen before stays marked for as long as one looks at it.
  expect((await entries())[0]).toHaveTextContent('Unread: High value customers');
  await app.user.click(within(await pane()).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(app.address()).toBe(`/e/${environment.id}/members`));
  await app.user.click(await bell('Notices'));
  expect((await entries())[0]).not.toHaveTextContent('Unread');
});

test('older ones come page by page, each still marked that was unread when they were opened', async () => {
  const { api, app } = show('?notices', [...many(5, { isRead: true }), ...many(30)]);
  expect(await entries()).toHaveLength(20);
  await waitFor(() => expect(api.asked(contract.readNotices)).toHaveLength(1));
  await app.user.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(async () => expect(await entries()).toHaveLength(35));
  const marked = (await entries()).map((entry) => entry.textContent?.startsWith('Unread'));
  expect(marked).toEqual([...Array(30).fill(true), ...Array(5).fill(false)]);
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

test('a page that cannot be read leaves the others, and can be asked for again', async () => {
  const { api, app, environment } = show('?notices', many(25));
  await entries();
  const value = many(5, { isRead: true });
  api.on(contract.listNotices, () => refuse('internal', { detail: 'Something went wrong on the server.' }));
  await app.user.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByText('Something went wrong on the server.')).toBeInTheDocument();
  expect(await entries()).toHaveLength(20);
  api.on(contract.listNotices, () => ({ value, unread: 0 }));
  await app.user.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(async () => expect(await entries()).toHaveLength(25));
  expect(screen.queryByText('Something went wrong on the server.')).toBeNull();
  expect(app.address()).toContain(environment.id);
});

test.each([
  ['admin', /an export or a connection starts failing/],
  ['viewer', /when an export starts failing/],
] as const)('with none, a %s is told what will be heard here', async (role, words) => {
  const { api } = show('?notices', [], role);
  expect(await screen.findByRole('heading', { name: 'Nothing has changed lately' })).toBeInTheDocument();
  expect(screen.getByText(words)).toBeInTheDocument();
  expect(api.asked(contract.readNotices)).toHaveLength(0);
});

test.each(['internal', 'forbidden'] as const)(
  'when they cannot be read (%s), the page stays and Retry asks again',
  async (code) => {
    const { api, app } = show();
    await app.user.click(await bell('Notices'));
    await screen.findByRole('heading', { name: 'Nothing has changed lately' });
    await app.user.click(within(await pane()).getByRole('button', { name: 'Close' }));
    api.on(contract.listNotices, () => refuse(code, { detail: 'They could not be read.' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await app.user.click(await bell('Notices'));
    expect(await screen.findByText('They could not be read.')).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Members', hidden: true })).toBeInTheDocument();
    api.on(contract.listNotices, () => ({ value: [aNotice()], unread: 1 }));
    await app.user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await entries()).toHaveLength(1);
  },
);

test.each([
  ['admin', true],
  ['contributor', false],
] as const)('a notice leads a %s to what it is about, as far as there is a page for them', async (role, hasPage) => {
  const [exportId, runId, connectionId] = [anId(), anId(), anId()];
  const { environment } = show(
    '?notices',
    [
      aNotice({
        subject: { type: 'connection', id: connectionId, name: 'Contoso lake' },
        kind: 'profiles.failing',
        runId: anId(),
      }),
      aNotice({ subject: { type: 'export', id: exportId, name: 'Newsletter' }, runId }),
    ],
    role,
  );
  await entries();
  const at = (name: string) => screen.queryByRole('link', { name })?.getAttribute('href') ?? null;
  expect(at('Newsletter')).toBe(`/e/${environment.id}/exports/${exportId}`);
  expect(at('See the run')).toBe(`/e/${environment.id}/exports/${exportId}/runs/${runId}`);
  expect(at('Contoso lake')).toBe(hasPage ? `/e/${environment.id}/connections/${connectionId}` : null);
  expect(screen.getByText('Contoso lake')).toBeInTheDocument();
});

test('a link closes the notices and opens the page', async () => {
  const { api, app, environment } = show('?notices', [aNotice()]);
  api.on(contract.listExports, () => ({ value: [] }));
  api.on(contract.getExport, () => refuse('notFound'));
  api.on(contract.watchRuns, () => 'offline');
  await app.user.click(await screen.findByRole('link', { name: 'High value customers' }));
  await waitFor(() => expect(app.address()).toContain(`/e/${environment.id}/exports/`));
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Notices' })).toBeNull());
});

test('what comes later is counted and read out once, and takes nobody’s focus', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { told } = show('', [aNotice()]);
  await bell('Notices, 1 unread');
  const news = 'New notice: A schedule was paused by itself, High value customers. Its schedule is paused.';
  expect(screen.queryByText(/^New notice/)).toBeNull();
  const focused = document.activeElement;
  told.push(aNotice({ kind: 'export.auto-paused', message: 'Its schedule is paused.' }));
  await act(() => vi.advanceTimersByTimeAsync(noticesPollMs + 1));
  await bell('Notices, 2 unread');
  expect(screen.getByText(news)).toHaveAttribute('aria-live', 'polite');
  expect(document.activeElement).toBe(focused);
});

test('a page that is looked at again asks at once', async () => {
  const { told } = show('', []);
  await bell('Notices');
  told.push(aNotice());
  act(() => void window.dispatchEvent(new Event('visibilitychange')));
  expect(await bell('Notices, 1 unread')).toBeVisible();
});

test('who may see a report is led there when an admin took access to it', async () => {
  const subject = { type: 'connection', id: anId(), name: 'Contoso customers' } as const;
  const { environment } = show('?notices', [aNotice({ kind: 'profiles.self-granted', subject })], 'viewer');
  const [entry] = await entries();
  const link = within(entry as HTMLElement).getByRole('link', { name: 'Contoso customers' });
  expect(link).toHaveAttribute('href', `/e/${environment.id}/profiles/${subject.id}`);
  expect(screen.getByText('An admin took access to profile data')).toBeInTheDocument();
});
