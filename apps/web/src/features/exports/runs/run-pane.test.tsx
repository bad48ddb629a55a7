import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { aRun, detailsOf, moving, successful } from '../../../testing/runs.ts';
import { ada, anExport, aRunOf, withRun } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const now = '2026-11-21T12:00:11Z';
beforeEach(() => void vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const customer: contract.RunEntity = {
  name: 'Customer',
  parts: { done: 1, total: 4 },
  rowsWritten: 12_000,
  rowsRejected: 0,
  bytesWritten: 4_000_000,
  folder: 'Junction_x/Weekly/Customer/2026/11/21/1200',
};
const problem: contract.RunProblem = {
  code: 'throttled',
  message: 'The store asks to wait.',
  remedy: 'Nothing is to be done.',
  isTransient: true,
  entity: 'Customer',
  file: 'customer-3.csv',
  line: 1_204,
};
const part: contract.RunPart = {
  number: 1,
  entity: 'Customer',
  state: 'done',
  files: ['customer-1.csv', 'customer-2.csv'],
  fileCount: 7,
  bytesTotal: 1_000_000,
  bytesRead: 1_000_000,
  rowsWritten: 5_000,
  rowsRejected: 2,
  bytesWritten: 900_000,
  retries: 1,
  problem: null,
  written: ['Customer_1.csv'],
};

type Changes = Parameters<typeof aRunOf>[1];

/** Shows the pane of a run that is the last one of its export. */
const show = (
  changes: Changes,
  { role = 'contributor', ...details }: Partial<contract.RunDetails> & { role?: contract.Role } = {},
) => {
  const one = anExport({ name: 'Weekly' });
  const run = aRunOf(one, changes);
  const shown = { run: detailsOf(run, { entities: [customer], ...details }) };
  const app = showExports(`/${one.id}/runs/${run.id}?search=we`, { role, exports: [withRun(one, run)] });
  app.api.on(contract.getRun, ({ params }) => (params.runId === run.id ? shown.run : refuse('notFound')));
  app.api.on(contract.listRunParts, () => ({ value: [part] }));
  return { ...app, one, run, shown };
};
const paneOf = () => screen.findByRole('dialog', { name: 'Weekly' });
const factsOf = (pane: HTMLElement) =>
  Object.fromEntries(
    within(pane)
      .getAllByRole('term')
      .map((term) => [term.textContent, term.nextElementSibling?.textContent]),
  );

describe('a run under way', () => {
  it('says how far it is, for how long, and what of each entity is written', async () => {
    show(moving);
    const pane = await paneOf();
    const words = 'Moving data: 40 MB of 100 MB, 12,000 rows, 1 of 4 parts, 4 MB/s, 15 s left';
    expect(within(pane).getByText(words)).toBeInTheDocument();
    const bar = within(pane).getByRole('progressbar', { name: 'Progress of Weekly' });
    expect(bar).toHaveAttribute('aria-valuetext', words);
    expect(bar).toHaveAttribute('aria-valuenow', '40');
    expect(factsOf(pane)).toMatchObject({ 'Asked for': 'now by Ada Admin', Duration: '10 s', Rows: '12,000' });
    expect(within(pane).getByText('1 of 4 parts, 12,000 rows, 4 MB')).toBeInTheDocument();
    expect(
      within(pane).getByText(/^Run of 21 November 2026.*on demand$|^Run of November 21, 2026.*on demand$/),
    ).toBeInTheDocument();
    expect(
      await within(pane).findByText(/customer-1.csv, customer-2.csv and 5 more → Customer_1.csv/),
    ).toBeInTheDocument();
    expect(within(pane).getByText('Done, 5,000 rows, 2 rows set aside, tried again 1 time')).toBeInTheDocument();
  });

  it('ticks by the second', async () => {
    show(moving);
    const pane = await paneOf();
    await waitFor(() => expect(factsOf(pane).Duration).toBe('10 s'));
    vi.setSystemTime(new Date('2026-11-21T12:00:25Z'));
    await waitFor(() => expect(factsOf(pane).Duration).toBe('24 s'), { timeout: 5_000 });
  });

  it('tells screen readers what it turns to, and not every number', async () => {
    const { run, shown, tellRuns } = show(moving);
    const pane = await paneOf();
    const status = await within(pane).findByRole('status');
    expect(status).toHaveTextContent('Processing: Moving data');
    tellRuns({ ...run, progress: { ...run.progress, bytesRead: 60_000_000 } });
    expect(await within(pane).findByText(/60 MB of 100 MB/)).toBeInTheDocument();
    expect(status).toHaveTextContent(/^Processing: Moving data$/);
    const over = aRun({ ...run, ...successful });
    shown.run = detailsOf(over, { entities: [customer] });
    tellRuns(over);
    await waitFor(() => expect(status).toHaveTextContent(/^Successful$/));
  });

  it('counts down to the next try, and says why it is needed', async () => {
    show({ ...moving, problem, retries: 2, retryAt: '2026-11-21T12:00:23Z' });
    const pane = await paneOf();
    expect(await within(pane).findByText(/The store asks to wait. Nothing is to be done./)).toBeInTheDocument();
    expect(within(pane).getByText('Customer, customer-3.csv, line 1,204')).toBeInTheDocument();
    expect(within(pane).getByText('Tries again in 12 s')).toBeInTheDocument();
    expect(factsOf(pane)).toMatchObject({ 'Tried again': '2 times' });
  });

  it('can be canceled, once; the button stays where it is', async () => {
    const { api, user, run, shown } = show(moving);
    const pane = await paneOf();
    const canceled = aRun({
      ...run,
      state: 'canceled',
      phase: 'over',
      finishedAt: now,
      canceled: { because: 'person', by: ada, at: now },
    });
    const { promise: answer, resolve } = Promise.withResolvers<contract.Run>();
    api.on(contract.cancelRun, () => answer);
    const button = await within(pane).findByRole('button', { name: 'Cancel run' });
    await user.dblClick(button);
    shown.run = detailsOf(canceled, { entities: [customer] });
    resolve(canceled);
    expect(
      await within(pane).findByText('Canceled by Ada Admin. Nothing of it can be seen at the destination.'),
    ).toBeInTheDocument();
    expect(api.asked(contract.cancelRun)).toHaveLength(1);
    expect(button).toBeInTheDocument();
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute('aria-disabled', 'true');
  });

  it('cannot be canceled while it is published', async () => {
    show({ ...moving, phase: 'publishing' });
    const pane = await paneOf();
    expect(await within(pane).findByRole('button', { name: 'Cancel run' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('waits while the environment is paused, and says so', async () => {
    const one = anExport({ name: 'Weekly' });
    const run = aRunOf(one);
    const { api } = showExports(`/${one.id}/runs/${run.id}`, {
      exports: [withRun(one, run)],
      environment: { pausedAt: now },
    });
    api.on(contract.getRun, () => detailsOf(run));
    expect(await screen.findByText('Contoso is paused. The run starts when it is resumed.')).toBeInTheDocument();
  });
});

describe('a run that is over', () => {
  const written = {
    location: 'https://contoso.example/exports/Junction_x/Weekly',
    manifest: 'Junction_x/Weekly/_runs/1/manifest.json',
    model: 'Junction_x/Weekly/model.json',
  };

  it('says what it took, what it wrote and where, each path to be copied', async () => {
    const { user } = show(successful, { written, role: 'viewer' });
    const pane = await paneOf();
    await within(pane).findByText(written.manifest);
    expect(factsOf(pane)).toMatchObject({
      Duration: '40 s',
      Rows: '30,000',
      Size: '42 MB written, 100 MB read (2.5 MB/s)',
    });
    for (const name of ['Copy place', 'Copy path of the manifest', 'Copy path of the model', 'Copy path of Customer'])
      expect(within(pane).getByRole('button', { name })).toBeInTheDocument();
    await user.click(within(pane).getByRole('button', { name: 'Copy path of Customer' }));
    expect(await navigator.clipboard.readText()).toBe(customer.folder);
  });

  it('offers a viewer no commands but the way to the export', async () => {
    const { user, one, address } = show(successful, { role: 'viewer' });
    const pane = await paneOf();
    const button = await within(pane).findByRole('button', { name: 'Show the export' });
    expect(within(pane).queryByRole('button', { name: /Run again|Cancel run/ })).toBeNull();
    await user.click(button);
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${one.id}\\?search=we$`)));
  });

  it('is run again, which leads to the new run', async () => {
    const { api, user, one, shown, address } = show(successful);
    const again = aRunOf(one, { id: '01990000-0000-7000-8000-0000000000f1' });
    api.on(contract.runExport, () => again);
    api.on(contract.getRun, ({ params }) => (params.runId === again.id ? detailsOf(again) : shown.run));
    const pane = await paneOf();
    await user.click(await within(pane).findByRole('button', { name: 'Run again' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${one.id}/runs/${again.id}\\?search=we$`)));
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(address()).toMatch(/\/exports\?search=we$/));
  });

  it('says what failed and what to do, in which file and line', async () => {
    show(
      { ...moving, state: 'failed', phase: 'over', finishedAt: now, problem },
      {
        events: [
          { at: '2026-11-21T12:00:00Z', kind: 'queued', part: null, worker: null, problem: null },
          { at: '2026-11-21T12:00:01Z', kind: 'started', part: null, worker: 'worker-1', problem: null },
          { at: '2026-11-21T12:00:05Z', kind: 'retried', part: 3, worker: 'worker-1', problem },
          { at: now, kind: 'failed', part: null, worker: null, problem: null },
        ],
      },
    );
    const pane = await paneOf();
    const entries = within(await within(pane).findByRole('list', { name: 'What happened' })).getAllByRole('listitem');
    expect(entries.map((entry) => entry.querySelector('div')?.textContent)).toEqual([
      'Asked for',
      'Started on worker-1',
      'Failed, and is tried again (part 3) on worker-1The store asks to wait. Nothing is to be done.',
      'Failed',
    ]);
    expect(within(pane).getByText('Customer, customer-3.csv, line 1,204')).toBeInTheDocument();
    expect(within(pane).queryByText(/Tries again/)).toBeNull();
  });

  it('tells where the rows are that were set aside, and what it warned of', async () => {
    show(
      { ...successful, progress: { ...successful.progress, rowsRejected: 3 } },
      {
        entities: [{ ...customer, parts: { done: 4, total: 4 }, rowsRejected: 3 }],
        events: [
          { at: now, kind: 'warned', part: 1, worker: null, problem: { ...problem, message: 'Old files stay.' } },
        ],
      },
    );
    const pane = await paneOf();
    expect(await within(pane).findByText(`${customer.folder}/_rejected`)).toBeInTheDocument();
    expect(factsOf(pane)).toMatchObject({ 'Set aside': '3 rows' });
    expect(within(pane).getAllByText(/Old files stay/)).toHaveLength(2);
  });

  it('has no folders where rows were sent, and says what the receiver keeps of a canceled one', async () => {
    show(
      {
        ...moving,
        state: 'canceled',
        phase: 'over',
        finishedAt: now,
        canceled: { because: 'connectionRemoved', by: ada, at: now },
      },
      { entities: [{ ...customer, folder: null }] },
    );
    const pane = await paneOf();
    expect(
      await within(pane).findByText(
        /^Canceled, because the connection was removed, by Ada Admin. Batches that were sent before stay/,
      ),
    ).toBeInTheDocument();
    expect(within(pane).queryByRole('heading', { name: 'Files' })).toBeNull();
    expect(within(pane).queryByRole('button', { name: /^Copy/ })).toBeNull();
  });

  it('says that its files are gone, and where they were no more', async () => {
    show(successful, { written, filesRemovedAt: '2026-11-20T12:00:00Z' });
    const pane = await paneOf();
    expect(await within(pane).findByText(/the export does not keep the files of runs that old/)).toBeInTheDocument();
    expect(within(pane).queryByText(String(customer.folder))).toBeNull();
  });
});

describe('an address', () => {
  it('of a run that is not there leads back to the list', async () => {
    const one = anExport();
    const { api, user, address } = showExports(`/${one.id}/runs/${aRun().id}`, { exports: [one] });
    api.on(contract.getRun, () => refuse('notFound'));
    expect(await screen.findByText('There is no such run any more.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show the list of exports' }));
    await waitFor(() => expect(address()).toMatch(/\/exports$/));
  });

  it('can be read again when the server could not', async () => {
    const one = anExport({ name: 'Weekly' });
    const { api, user } = showExports(`/${one.id}/runs/${aRun().id}`, { exports: [one] });
    api.on(contract.getRun, () => refuse('unavailable', { detail: 'The database is away.' }));
    expect(await screen.findByText('The database is away.')).toBeInTheDocument();
    api.on(contract.getRun, () => detailsOf(aRunOf(one, successful)));
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await paneOf()).toBeInTheDocument();
  });
});
