import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../testing/mock-api.ts';
import { detailsOf, moving, successful } from '../../../testing/runs.ts';
import { anExport, aRunOf, withRun } from '../testing/exports.ts';
import { showExports } from '../testing/show-exports.ts';

const one = anExport({ name: 'Weekly' });
const problem: contract.RunProblem = {
  code: 'x',
  message: 'The key is refused.',
  remedy: 'Enter another one.',
  isTransient: false,
};
const failed = { ...successful, state: 'failed', problem, progress: { rowsWritten: 0 } } as const;

const show = (
  runs: contract.Run[],
  { role = 'viewer', of = one }: { role?: contract.Role; of?: contract.Export } = {},
) => {
  const [last] = runs;
  const app = showExports(`/${of.id}`, { role, exports: [last ? withRun(of, last) : of] });
  app.api.on(contract.listRuns, () => ({ value: runs }));
  return app;
};
const entries = async () =>
  within(await screen.findByRole('list', { name: 'Runs, newest first' })).getAllByRole('listitem');

describe('the runs of an export', () => {
  it('are told as bars and in words, each with the way to it', async () => {
    const runs = [aRunOf(one, failed), aRunOf(one, { ...successful, trigger: 'schedule', requestedBy: null })];
    const { api, user, address } = show(runs);
    api.on(contract.getRun, () => detailsOf(runs[1] as contract.Run));
    const [first, second] = await entries();
    expect(first).toHaveTextContent(/^Failed.*On demand by Ada Admin · 40 sThe key is refused\.$/);
    expect(second).toHaveTextContent(/^Successful.*By its schedule · 40 s · 30,000 rows$/);
    const bars = within(screen.getByRole('list', { name: 'Last 2 runs: 1 successful, 1 not.' })).getAllByRole('img');
    expect(bars.map((bar) => bar.getAttribute('aria-label'))).toEqual([
      expect.stringMatching(/^Successful, .*, 40 s, 30,000 rows$/),
      expect.stringMatching(/^Failed, .*, 40 s, 0 rows$/),
    ]);
    expect(api.asked(contract.listRuns)[0]?.query).toEqual({ filter: `export in ('${one.id}')`, maxpagesize: 20 });
    await user.click(within(second as HTMLElement).getByRole('link'));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${one.id}/runs/${runs[1]?.id}$`)));
    await screen.findByRole('list', { name: 'What happened' });
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${one.id}$`)));
  });

  it('are told further back on demand', async () => {
    const runs = Array.from({ length: 8 }, () => aRunOf(one, successful));
    const { api, user } = show(runs);
    api.on(contract.listRuns, ({ query }) =>
      query.skiptoken === undefined
        ? { value: runs.slice(0, 7), nextLink: '/api/v1/environments/x/runs?skiptoken=2' }
        : { value: runs.slice(7) },
    );
    expect(await entries()).toHaveLength(5);
    await user.click(screen.getByRole('button', { name: 'Show older runs' }));
    expect(await entries()).toHaveLength(7);
    await user.click(screen.getByRole('button', { name: 'Show older runs' }));
    await waitFor(async () => expect(await entries()).toHaveLength(8));
    expect(screen.queryByRole('button', { name: 'Show older runs' })).toBeNull();
  });

  it('are none before the first', async () => {
    show([]);
    expect(await screen.findByText('It has not run yet.')).toBeInTheDocument();
  });

  it('can be read again when the server could not', async () => {
    const { api, user } = show([]);
    api.on(contract.listRuns, () => refuse('unavailable', { detail: 'The database is away.' }));
    expect(await screen.findByText('The database is away.')).toBeInTheDocument();
    api.on(contract.listRuns, () => ({ value: [aRunOf(one, successful)] }));
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await entries()).toHaveLength(1);
  });

  it('get on while one looks', async () => {
    const run = aRunOf(one, moving);
    const { api, tellRuns } = show([run]);
    expect((await entries())[0]).toHaveTextContent(/^Processing/);
    expect(screen.getAllByRole('progressbar', { name: 'Progress of Weekly' }).length).toBeGreaterThan(0);
    const over = aRunOf(one, { ...successful, id: run.id });
    api.on(contract.listRuns, () => ({ value: [over] }));
    api.on(contract.getExport, () => withRun(one, over));
    tellRuns(over);
    await waitFor(async () => expect((await entries())[0]).toHaveTextContent(/^Successful.*40 s · 30,000 rows$/));
    expect(screen.queryByRole('progressbar', { name: 'Progress of Weekly' })).toBeNull();
  });
});

describe('after a failure', () => {
  it('what is to be done stands above, with the way to the run', async () => {
    const { user, address } = show([aRunOf(one, failed)]);
    expect(await screen.findByText(/The key is refused. Enter another one./)).toBeInTheDocument();
    await user.click(screen.getByRole('link', { name: 'Show the run' }));
    await waitFor(() => expect(address()).toMatch(/\/runs\//));
  });

  const paused = anExport({
    name: 'Weekly',
    schedule: { isOn: true, plan: { type: 'daily', times: ['08:00'], timeZone: 'Europe/Berlin' } },
    autoPaused: { at: '2026-11-20T12:00:00Z', failures: 5 },
  });

  it('a paused schedule is resumed with one click', async () => {
    const { api, user } = show([aRunOf(paused, failed)], { role: 'contributor', of: paused });
    api.on(contract.scheduleExports, () => {
      api.on(contract.getExport, () => ({ ...paused, autoPaused: null }));
      return { done: [paused.id], refused: [] };
    });
    expect(await screen.findByText(/after 5 failures in a row/)).toBeInTheDocument();
    expect(screen.getByText('None while it is paused')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    expect(await screen.findByText('The schedule of Weekly is on again.')).toBeInTheDocument();
    expect(api.asked(contract.scheduleExports).map(({ body }) => body)).toEqual([
      { exportIds: [paused.id], set: 'on' },
    ]);
    await waitFor(() => expect(screen.queryByText(/failures in a row/)).toBeNull());
  });

  it('says why it could not be resumed', async () => {
    const { api, user } = show([], { role: 'contributor', of: paused });
    const refusal = { id: paused.id, name: 'Weekly', code: 'forbidden', message: 'It is no longer shared with you.' };
    api.on(contract.scheduleExports, () => ({ done: [], refused: [refusal] }));
    await user.click(await screen.findByRole('button', { name: 'Resume' }));
    expect(await screen.findByText('It is no longer shared with you.')).toBeInTheDocument();
  });

  it('is not for a viewer to resume', async () => {
    show([], { of: paused });
    expect(await screen.findByText(/after 5 failures in a row/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
  });
});
