import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, test } from 'vitest';
import { anId } from '../../testing/fixtures.ts';
import { refuse } from '../../testing/mock-api.ts';
import { aRun, moving, successful } from '../../testing/runs.ts';
import { anAttention, anUpcomingRun, aStatus, groupOf } from '../../testing/status.ts';
import { environmentId, showStatus } from './testing/show-status.ts';

const base = `/e/${environmentId}`;
const problem: contract.RunProblem = {
  code: 'x',
  message: 'The key is refused.',
  remedy: 'Enter another one.',
  isTransient: false,
};
const runOf = (name: string, changes: Parameters<typeof aRun>[0] = {}) =>
  aRun({ environmentId, export: { id: anId(), name }, ...changes });
const failedRun = (name: string) => runOf(name, { ...successful, state: 'failed', problem });

const group = (name: RegExp) => screen.findByRole('region', { name });
const rowsOf = async (name: RegExp) => within(await group(name)).queryAllByRole('listitem');
const namesOf = async (name: RegExp) =>
  (await rowsOf(name)).map((row) => within(row).getAllByRole('link')[0]?.textContent);
const tile = (name: RegExp) =>
  within(screen.getByRole('group', { name: 'Show one group' })).getByRole('button', { name });
const standing = () => screen.findByRole('status', { name: 'How it stands' });
const linkIn = (row: HTMLElement | undefined, name: string | RegExp) =>
  within(row as HTMLElement).getByRole('link', { name });

describe('what needs somebody', () => {
  const [failing, paused, inactive, rejected, slow, outdated, expiring, unreadable] = (
    [
      ['exportFailing', 'export'],
      ['exportPaused', 'export'],
      ['exportInactive', 'export'],
      ['connectionActionRequired', 'connection'],
      ['connectionFailing', 'connection'],
      ['profilesFailing', 'connection'],
      ['secretExpires', 'connection'],
      ['sourceUnreadable', 'source'],
    ] as const
  ).map(([because, type]) => anAttention({ because, subject: { type, name: because } }));
  if (!failing || !paused || !inactive || !rejected || !slow || !outdated || !expiring || !unreadable)
    throw new Error('Eight.');
  const runId = anId();
  const at = (path: string) => `${base}/${path}`;

  test.each([
    ['Failing', { ...failing, runId }, 'Show the last run', at(`exports/${failing.subject.id}/runs/${runId}`)],
    ['Schedule paused', { ...paused, runId }, 'Resume its schedule', at(`exports/${paused.subject.id}`)],
    ['Schedule paused', { ...paused, runId }, 'Show the last run', at(`exports/${paused.subject.id}/runs/${runId}`)],
    ['Inactive', inactive, 'Make it active again', at(`exports/${inactive.subject.id}`)],
    ['Action required', rejected, 'Open the connection', at(`connections/${rejected.subject.id}`)],
    ['Failing', slow, 'Open the connection', at(`connections/${slow.subject.id}`)],
    ['Profiles failing', outdated, 'Open the connection', at(`connections/${outdated.subject.id}`)],
    ['Credential ends', expiring, 'Enter another credential', at(`connections/${expiring.subject.id}/edit`)],
    ['Unreadable', unreadable, 'Open the source', at(`connections/${unreadable.subject.id}`)],
  ] as const)('%s: says why and what to do, and leads there (%#)', async (badge, attention, text, path) => {
    const since = new Date(Date.now() - 5 * 3_600_000).toISOString();
    showStatus({ attention: groupOf([{ ...attention, since }]) });
    const [row] = await rowsOf(/^Needs somebody \(1\)/);
    for (const words of [badge, 'The key is refused. Enter another one.'])
      expect(within(row as HTMLElement).getByText(words)).toBeVisible();
    expect(row).toHaveTextContent('Began 5 hours ago');
    expect(linkIn(row, text)).toHaveAttribute('href', path);
    const place = attention.subject.type === 'export' ? 'exports' : 'connections';
    expect(linkIn(row, attention.subject.name)).toHaveAttribute('href', at(`${place}/${attention.subject.id}`));
  });

  it('shows what is to be done only to who can do it', async () => {
    const rows = [paused, inactive].map((row) => ({
      ...row,
      isYours: false,
      remedy: 'Ask an admin of this environment.',
    }));
    showStatus({ attention: groupOf(rows) }, { role: 'viewer' });
    expect(await rowsOf(/^Needs somebody/)).toHaveLength(2);
    expect(screen.getAllByText(/Ask an admin of this environment/)).toHaveLength(2);
    expect(screen.queryByRole('link', { name: /Resume|Make it active/ })).toBeNull();
    expect(await standing()).toHaveTextContent('Somebody else has to do something about them.');
  });

  it('is narrowed to what one can do something about, in the address', async () => {
    const theirs = anAttention({ isYours: false, subject: { name: 'Theirs' } });
    const { user, address } = showStatus({ attention: groupOf([failing, theirs]) }, { role: 'contributor' });
    expect(await namesOf(/^Needs somebody \(2\)/)).toEqual(['exportFailing', 'Theirs']);
    await user.click(screen.getByRole('checkbox', { name: 'Only what I can do something about' }));
    expect(await namesOf(/^Needs somebody \(1 of 2\)/)).toEqual(['exportFailing']);
    expect(address()).toBe(`${base}/status?mine=yes`);
    await user.click(screen.getByRole('checkbox', { name: 'Only what I can do something about' }));
    expect(await rowsOf(/^Needs somebody \(2\)/)).toHaveLength(2);
    expect(address()).toBe(`${base}/status`);
  });

  it('offers no filter that would change nothing, and keeps one that the address names', async () => {
    const one = showStatus({ attention: groupOf([failing]) });
    await rowsOf(/^Needs somebody \(1\)/);
    expect(screen.queryByRole('checkbox')).toBeNull();
    one.unmount();
    showStatus({ attention: groupOf([{ ...failing, isYours: false }]) }, { role: 'viewer', query: '?mine=yes' });
    expect(await screen.findByText('None of these is left by the filters.')).toBeVisible();
    expect(screen.getByRole('checkbox')).toBeChecked();
  });
});

describe('what runs', () => {
  it('tells how far it is and leads to the run', async () => {
    const run = runOf('Weekly', moving);
    const queued = runOf('Daily', { trigger: 'schedule', requestedBy: null });
    showStatus({ running: groupOf([run, queued]) }, { role: 'viewer' });
    const [first, second] = await rowsOf(/^Running now \(2\)/);
    expect(within(first as HTMLElement).getByRole('progressbar', { name: 'Progress of Weekly' })).toBeVisible();
    expect(first).toHaveTextContent(
      /^ProcessingWeeklyTo Contoso lake · On demand by Ada AdminMoving data: 40 MB of 100 MB, 12,000 rows/,
    );
    expect(linkIn(first, 'Show the run')).toHaveAttribute('href', `${base}/exports/${run.export.id}/runs/${run.id}`);
    expect(linkIn(first, 'Weekly')).toHaveAttribute('href', `${base}/exports/${run.export.id}`);
    expect(second).toHaveTextContent(/^QueuedDailyTo Contoso lake · By its scheduleWaiting for a worker/);
  });

  it('moves by itself, and sorts a run in anew when it ends', async () => {
    const run = runOf('Weekly', moving);
    const { turnTo, tellRuns, api } = showStatus({ running: groupOf([run]) });
    await group(/^Running now \(1\)/);
    await waitFor(() => expect(api.asked(contract.watchRuns)).toHaveLength(1));
    tellRuns({ ...run, phase: 'publishing' });
    expect(await screen.findByText('Publishing')).toBeVisible();
    expect(api.asked(contract.getStatus)).toHaveLength(1);
    const over = { ...failedRun('Weekly'), id: run.id, export: run.export };
    turnTo({ failed: groupOf([over]), lastDay: { successful: 1, failed: 1, skipped: 0, canceled: 0 } });
    tellRuns(over);
    expect(await namesOf(/^Failed or skipped since yesterday \(1\)/)).toEqual(['Weekly']);
    expect(await rowsOf(/^Running now \(0\)/)).toHaveLength(0);
  });

  it('tells what it tries again for', async () => {
    const retryAt = new Date(Date.now() + 60_000).toISOString();
    showStatus({ running: groupOf([runOf('Weekly', { ...moving, retryAt, problem })]) });
    const [row] = await rowsOf(/^Running now/);
    expect(row).toHaveTextContent(/Tries again in.*The key is refused\./);
  });
});

describe('what failed', () => {
  it('tells why and what to do, and leads to the run', async () => {
    const failed = failedRun('Weekly');
    const skipped = { ...failedRun('Daily'), state: 'skipped' as const };
    const { user, api, address } = showStatus({ failed: groupOf([failed, skipped]) }, { query: '?group=failed' });
    const [first, second] = await rowsOf(/^Failed or skipped since yesterday \(2\)/);
    expect(first).toHaveTextContent(/^FailedWeeklyTo Contoso lake .*The key is refused\. Enter another one\./);
    expect(second).toHaveTextContent(/^SkippedDaily/);
    api.on(contract.getRun, () => refuse('notFound'));
    api.on(contract.getExport, () => refuse('notFound'));
    api.on(contract.listExports, () => ({ value: [] }));
    await user.click(linkIn(first, 'Show the run'));
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
    expect(address()).toBe(`${base}/exports/${failed.export.id}/runs/${failed.id}?group=failed`);
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(address()).toBe(`${base}/status?group=failed`));
  });
});

describe('what comes next', () => {
  it('tells when, on the clock and from now', async () => {
    const next = anUpcomingRun('Weekly');
    showStatus({ upcoming: groupOf([next]) }, { role: 'viewer' });
    const [row] = await rowsOf(/^Next scheduled runs \(1\)/);
    expect(row).toHaveTextContent(/^.*\d\d:\d\d.*WeeklyTo Contoso lakein (50 minutes|1 hour)$/);
    expect(linkIn(row, 'Weekly')).toHaveAttribute('href', `${base}/exports/${next.export.id}`);
    expect(row?.querySelector('time')).toHaveAttribute('datetime', next.at);
  });

  it('says that one should have begun', async () => {
    showStatus({ upcoming: groupOf([anUpcomingRun('Weekly', { at: new Date(Date.now() - 600_000).toISOString() })]) });
    expect((await rowsOf(/^Next scheduled runs/))[0]).toHaveTextContent(/Due 10 minutes ago$/);
  });

  test.each([
    ['actionRequired', 'It will fail as things are: the connection Contoso lake needs somebody.'],
    ['failing', 'It may fail: the connection Contoso lake did not pass its last check.'],
  ] as const)('warns of a connection that is %s', async (health, words) => {
    const next = anUpcomingRun('Weekly', { health });
    const { unmount } = showStatus({ upcoming: groupOf([next]) });
    expect(await screen.findByText(words)).toBeVisible();
    expect(await standing()).toHaveTextContent('1 of the next runs will probably fail');
    expect(screen.getByRole('link', { name: 'Open the connection' })).toHaveAttribute(
      'href',
      `${base}/connections/${next.connection.id}`,
    );
    unmount();
    showStatus({ upcoming: groupOf([next]) }, { role: 'contributor' });
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Open the connection' })).toBeNull();
  });
});

describe('the filters', () => {
  const situation = {
    attention: groupOf([anAttention({ subject: { name: 'Weekly' } })]),
    running: groupOf([runOf('Daily', moving)]),
    failed: groupOf([failedRun('Weekly')]),
    upcoming: groupOf([anUpcomingRun('Hourly')]),
  };
  const groupsShown = () => screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);

  it('show one group, and all again', async () => {
    const { user, address } = showStatus(situation);
    await group(/^Needs somebody/);
    expect(groupsShown()).toEqual([
      'Needs somebody (1)',
      'Running now (1)',
      'Failed or skipped since yesterday (1)',
      'Next scheduled runs (1)',
    ]);
    expect(tile(/Running now/)).toHaveAttribute('aria-pressed', 'false');
    await user.click(tile(/Running now/));
    expect(groupsShown()).toEqual(['Running now (1)']);
    expect(tile(/Running now/)).toHaveAttribute('aria-pressed', 'true');
    expect(address()).toBe(`${base}/status?group=running`);
    await user.click(tile(/Running now/));
    expect(groupsShown()).toHaveLength(4);
    expect(address()).toBe(`${base}/status`);
  });

  it('search names, in the address; groups without any leave', async () => {
    const { user, address } = showStatus(situation);
    await user.type(await screen.findByRole('searchbox', { name: 'Search by name' }), 'week{Enter}');
    await waitFor(() => expect(address()).toBe(`${base}/status?search=week`));
    await waitFor(() =>
      expect(groupsShown()).toEqual(['Needs somebody (1 of 1)', 'Failed or skipped since yesterday (1 of 1)']),
    );
  });

  it('say that nothing matches, and are cleared', async () => {
    const { user, address } = showStatus(situation, { query: '?search=quarterly' });
    expect(await screen.findByRole('heading', { name: 'Nothing matches' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear search' }));
    expect(await group(/^Needs somebody/)).toBeVisible();
    expect(address()).toBe(`${base}/status`);
  });

  it('are read from the address, where what is wrong is left out', async () => {
    const { unmount } = showStatus(situation, { query: '?group=upcoming' });
    await group(/^Next/);
    expect(groupsShown()).toEqual(['Next scheduled runs (1)']);
    unmount();
    showStatus(situation, { query: '?group=everything' });
    await group(/^Next/);
    expect(groupsShown()).toHaveLength(4);
  });
});

describe('a group of which only the first are named', () => {
  const many = <Row,>(make: (index: number) => Row) =>
    groupOf(
      Array.from({ length: 20 }, (_, index) => make(index)),
      143,
    );

  test.each([
    ['running', many((index) => runOf(`Run ${index}`, moving)), 'Show all exports that run', 'queued,processing'],
    [
      'failed',
      many((index) => failedRun(`Run ${index}`)),
      'Show exports that failed or were skipped',
      'failed,skipped',
    ],
    ['attention', many(() => anAttention()), 'Show exports that failed or are inactive', 'failed,inactive'],
  ] as const)('%s: says so, and leads to the list', async (name, rows, text, statuses) => {
    const { unmount } = showStatus({ [name]: rows });
    expect(await screen.findByText('20 of 143 are shown.')).toBeVisible();
    const address = (link: HTMLElement) => new URL(link.getAttribute('href') ?? '', 'http://localhost');
    const all = address(screen.getByRole('link', { name: text }));
    expect(all.pathname).toBe(`${base}/exports`);
    expect(Object.fromEntries(all.searchParams)).toEqual({ status: statuses });
    unmount();
    showStatus({ [name]: rows }, { query: '?search=nowhere' });
    expect(await screen.findByText('Only the first 20 of 143 are searched.')).toBeVisible();
    const found = address(screen.getByRole('link', { name: text }));
    expect(Object.fromEntries(found.searchParams)).toEqual({ search: 'nowhere', status: statuses });
  });

  it('leads to the connections where these are too many', async () => {
    showStatus({
      attention: many(() => anAttention({ because: 'connectionFailing', subject: { type: 'connection' } })),
    });
    expect(await screen.findByRole('link', { name: 'Show all connections' })).toHaveAttribute(
      'href',
      `${base}/connections`,
    );
    expect(screen.queryByRole('link', { name: /^Show exports/ })).toBeNull();
  });

  it('leads to the exports from what comes next', async () => {
    showStatus({ upcoming: many((index) => anUpcomingRun(`Export ${index}`)) });
    expect(await screen.findByRole('link', { name: 'Show all exports' })).toHaveAttribute('href', `${base}/exports`);
  });
});

describe('how it stands', () => {
  it('says something good where nothing is wrong', async () => {
    showStatus({ lastDay: { successful: 1200, failed: 2, skipped: 3, canceled: 4 } }, { role: 'viewer' });
    expect(await standing()).toHaveTextContent(/^Everything runs$/);
    const day = within(screen.getByRole('list', { name: 'Runs since this time yesterday' })).getAllByRole('listitem');
    expect(day.map((item) => item.textContent)).toEqual(['1,200Successful', '2Failed', '3Skipped', '4Canceled']);
    for (const words of ['Nothing needs anybody.', 'Nothing is running now.', 'Nothing failed since yesterday.'])
      expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByText('No run is scheduled. An export runs by itself once it has a schedule.')).toBeVisible();
  });

  it('says since when it is paused, and leads an admin to the settings', async () => {
    const pausedAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
    const { unmount } = showStatus({ pausedAt });
    expect(await standing()).toHaveTextContent(/^Paused since .*\d\d:\d\d.* \(3 hours ago\)/);
    expect(screen.getByRole('link', { name: 'Resume it in the settings' })).toHaveAttribute('href', `${base}/settings`);
    expect(screen.getByText('No run comes by itself while this environment is paused.')).toBeVisible();
    unmount();
    showStatus({ pausedAt }, { role: 'viewer' });
    expect(await standing()).toHaveTextContent('Admins can resume it.');
    expect(screen.queryByRole('link', { name: /settings/ })).toBeNull();
  });

  it('says that there is no worker', async () => {
    showStatus({ workers: 0, attention: groupOf([anAttention()]) });
    expect(await standing()).toHaveTextContent(
      /^No worker is running: nothing will run until one is started.*1 needs somebody/,
    );
  });
});

describe('reading it', () => {
  const broken = () => refuse('internal', { detail: 'Something went wrong on the server.' });

  it('shows shapes first, and can be tried again when it fails', async () => {
    const { api, user } = showStatus();
    const { promise: answer, resolve } = Promise.withResolvers<ReturnType<typeof refuse>>();
    api.on(contract.getStatus, () => answer);
    expect(await screen.findByRole('status', { name: 'Loading the status' })).toBeInTheDocument();
    resolve(broken());
    expect(await screen.findByRole('heading', { name: 'The status could not be loaded' })).toBeVisible();
    expect(screen.getByText('Something went wrong on the server.')).toBeVisible();
    api.on(contract.getStatus, () => aStatus());
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await standing()).toHaveTextContent('Everything runs');
  });

  it('keeps what it knows, and says how old that is until it is read again', async () => {
    const run = runOf('Weekly', moving);
    const { api, user, tellRuns } = showStatus({ running: groupOf([run]) });
    await group(/^Running now \(1\)/);
    api.on(contract.getStatus, broken);
    await user.click(await screen.findByRole('menuitem', { name: 'Refresh' }));
    const old = /^This is how it stood/;
    expect(await screen.findByText(old)).toHaveTextContent(
      /\d\d:\d\d.*\. It could not be read since\. Something went wrong on the server\./,
    );
    tellRuns({ ...run, phase: 'publishing' });
    expect(await screen.findByText('Publishing')).toBeVisible();
    expect(screen.getByText(old)).toBeVisible();
    api.on(contract.getStatus, () => aStatus());
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(screen.queryByText(old)).toBeNull());
    expect(await rowsOf(/^Running now \(0\)/)).toHaveLength(0);
  });
});
