import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../testing/mock-api.ts';
import { detailsOf, moving } from '../../testing/runs.ts';
import { anExport, anInactiveExport, aRunOf, withRun } from './testing/exports.ts';
import { showExports } from './testing/show-exports.ts';

type User = ReturnType<typeof showExports>['user'];

const choose = async (user: User, name: string, command: string) => {
  await user.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
  const item = within(await screen.findByRole('menu')).getByRole('menuitem', { name: command });
  await user.click(item);
  return item;
};
const rowNamed = (name: string) => screen.findByRole('row', { name: new RegExp(name) });

describe('running an export', () => {
  it('is asked for once, shows in its row, and leads to the run', async () => {
    const one = anExport({ name: 'Weekly' });
    const run = aRunOf(one);
    const exports = [one];
    const { api, user, address } = showExports('?search=we', { role: 'contributor', exports });
    api.on(contract.runExport, () => {
      exports[0] = withRun(one, run);
      return run;
    });
    api.on(contract.getRun, () => detailsOf(run));
    await choose(user, 'Weekly', 'Run');
    expect(await screen.findByText(/Weekly is queued/)).toBeVisible();
    expect(await within(await rowNamed('Weekly')).findByText('Queued')).toBeVisible();
    expect(api.asked(contract.runExport).map(({ params }) => params.exportId)).toEqual([one.id]);
    await user.click(screen.getByRole('button', { name: 'Show the run' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/exports/${one.id}/runs/${run.id}\\?search=we$`)));
  });

  it('does nothing on a second click while the first is under way', async () => {
    const one = anExport({ name: 'Weekly' });
    const { api, user } = showExports(`/${one.id}`, { exports: [one] });
    const { promise: answer, resolve } = Promise.withResolvers<contract.Run>();
    api.on(contract.runExport, () => answer);
    const pane = await screen.findByRole('dialog', { name: 'Weekly' });
    const button = await within(pane).findByRole('menuitem', { name: 'Run' });
    await user.dblClick(button);
    resolve(aRunOf(one));
    expect(await screen.findByText(/Weekly is queued/)).toBeVisible();
    expect(api.asked(contract.runExport)).toHaveLength(1);
  });

  it('says why it does not run', async () => {
    const { api, user } = showExports('', { exports: [anExport({ name: 'Weekly' })] });
    api.on(contract.runExport, () => refuse('environmentPaused', { detail: 'Contoso is paused. Nothing runs.' }));
    await choose(user, 'Weekly', 'Run');
    expect(await screen.findByText('Contoso is paused. Nothing runs.')).toBeVisible();
  });

  it('is not for an inactive one, and says so to eyes and screen readers', async () => {
    const lost = anInactiveExport(
      { because: 'sourceRemoved' },
      { name: 'Lost', access: { hasConnection: true, mayUseConnection: true, couldManageBefore: false } },
    );
    const { api, user } = showExports('', { exports: [lost] });
    const item = await choose(user, 'Lost', 'Run');
    expect(item).toHaveAttribute('aria-disabled', 'true');
    expect(item).toHaveAccessibleDescription('It is inactive: something that it needs was removed.');
    expect(api.asked(contract.runExport)).toEqual([]);
  });
});

describe('canceling a run', () => {
  const lively = (changes: Parameters<typeof aRunOf>[1] = moving) => {
    const one = anExport({ name: 'Weekly' });
    const run = aRunOf(one, changes);
    return { one: withRun(one, run), run };
  };

  it('stands in the place of Run while there is one', async () => {
    const { one, run } = lively();
    const exports = [one];
    const { api, user } = showExports('', { exports });
    api.on(contract.cancelRun, () => {
      const canceled = aRunOf(one, { ...run, state: 'canceled', phase: 'over', finishedAt: '2026-11-21T12:01:00Z' });
      exports[0] = withRun(one, canceled);
      return canceled;
    });
    await choose(user, 'Weekly', 'Cancel run');
    expect(await screen.findByText('The run of Weekly is canceled.')).toBeVisible();
    expect(api.asked(contract.cancelRun).map(({ params }) => params.runId)).toEqual([run.id]);
    expect(await within(await rowNamed('Weekly')).findByText('Canceled')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Actions for Weekly' }));
    expect(within(await screen.findByRole('menu')).getByRole('menuitem', { name: 'Run' })).toBeInTheDocument();
  });

  it('is too late once it is being published', async () => {
    const { one } = lively({ ...moving, phase: 'publishing' });
    const { api, user } = showExports('', { exports: [one] });
    const item = await choose(user, 'Weekly', 'Cancel run');
    expect(item).toHaveAttribute('aria-disabled', 'true');
    expect(item).toHaveAccessibleDescription('It is being published, and ends by itself in a moment.');
    expect(api.asked(contract.cancelRun)).toEqual([]);
  });

  it('says so when the run was faster', async () => {
    const { one } = lively();
    const { api, user } = showExports('', { exports: [one] });
    api.on(contract.cancelRun, () => refuse('runOver', { detail: 'It has ended: successful.' }));
    await choose(user, 'Weekly', 'Cancel run');
    expect(await screen.findByText('It has ended: successful.')).toBeVisible();
  });
});

describe('running several', () => {
  const names = ['Archive', 'Lake', 'Pond'];
  const selectAll = async (user: User) => {
    await rowNamed('Archive');
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
  };

  it('asks for those that may run, and tells which were refused and why', async () => {
    const [archive, lake] = names.map((name) => anExport({ name }));
    const pond = anInactiveExport({}, { name: 'Pond' });
    if (!archive || !lake) throw new Error('There are three names.');
    const { api, user } = showExports('', { exports: [archive, lake, pond] });
    api.on(contract.runExports, () => ({
      done: [archive.id],
      refused: [{ id: lake.id, name: 'Lake', code: 'runLive', message: 'A run of it is not over yet.' }],
    }));
    await selectAll(user);
    const run = await screen.findByRole('menuitem', { name: 'Run' });
    expect(run).toHaveAccessibleDescription('2 of 3 selected; 1 has no connection.');
    await user.click(run);
    const dialog = await screen.findByRole('alertdialog', { name: 'Not all exports are queued' });
    expect(within(dialog).getByText('A run of it is not over yet.')).toBeInTheDocument();
    expect(api.asked(contract.runExports).map(({ body }) => body)).toEqual([{ exportIds: [archive.id, lake.id] }]);
  });

  it.each([
    [['a', 'b'], '2 exports are queued.'],
    [['a'], '1 export is queued.'],
    [[], 'No schedule is on, so there is nothing to run.'],
  ])('all scheduled ones at once, however often it is clicked (%#)', async (keys, words) => {
    const exports = names.map((name) => anExport({ name }));
    const { api, user } = showExports('', { role: 'contributor', exports });
    const { promise: answer, resolve } = Promise.withResolvers<contract.BulkResult>();
    api.on(contract.runExports, () => answer);
    const runAll = await screen.findByRole('menuitem', { name: 'Run all' });
    expect(runAll).toHaveAttribute('title', 'Runs every export whose schedule is on.');
    await user.dblClick(runAll);
    resolve({ done: keys.map((_, index) => exports[index]?.id ?? ''), refused: [] });
    expect(await screen.findByText(words)).toBeVisible();
    expect(api.asked(contract.runExports).map(({ body }) => body)).toEqual([{ all: 'scheduled' }]);
  });

  it('is not for viewers', async () => {
    const { user } = showExports('', { role: 'viewer', exports: [anExport({ name: 'Archive' })] });
    await user.click(await screen.findByRole('button', { name: 'Actions for Archive' }));
    const menu = await screen.findByRole('menu');
    expect(within(menu).queryByRole('menuitem', { name: 'Run' })).toBeNull();
    expect(screen.queryByRole('menuitem', { name: 'Run all' })).toBeNull();
  });
});
