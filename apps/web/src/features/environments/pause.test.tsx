import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { anId, someTime } from '../../testing/fixtures.ts';
import { mockApi, refuse } from '../../testing/mock-api.ts';
import { renderApp, signIn } from '../../testing/render-app.tsx';

const noExports: contract.ExportSummary = {
  total: 0,
  byStatus: {},
  byType: {},
  byConnection: [],
  withoutConnection: 0,
};

const change = (after: contract.Activity['after']): contract.Activity => ({
  id: anId(),
  at: someTime,
  kind: 'environment.updated',
  by: { id: anId(), name: 'Berta Backup' },
  token: null,
  subject: { type: 'environment', id: anId(), name: 'Contoso' },
  from: null,
  before: null,
  after,
});

type Situation = { pausedAt?: string | null; role?: contract.Role; activity?: contract.Activity[] };

/** An API whose environment is paused or not, and can be. */
const show = (below: string, { pausedAt = null, role = 'admin', activity = [] }: Situation = {}) => {
  const api = mockApi();
  const { environment } = signIn(api, { environment: { role, pausedAt } });
  let saved = environment;
  api.on(contract.getEnvironment, () => saved);
  api.on(contract.updateEnvironment, ({ body, headers }) => {
    if (headers.get('if-match') !== saved.etag) return refuse('preconditionFailed', { detail: 'It was changed.' });
    saved = { ...saved, pausedAt: body.isPaused === true ? someTime : null, etag: `${saved.etag.slice(0, -1)}+"` };
    return saved;
  });
  api.on(contract.listActivity, () => ({ value: activity }));
  api.on(contract.listMembers, () => ({ value: [] }));
  api.on(contract.listNoticeHooks, () => ({ value: [] }));
  api.on(contract.getConnectionSummary, () => ({ total: 0, byType: {}, byStatus: {} }));
  api.on(contract.listConnectionOptions, () => ({ value: [] }));
  api.on(contract.getExportSummary, () => noExports);
  api.on(contract.listExports, () => ({ value: [] }));
  api.on(contract.watchRuns, () => ({ event: 'runs', runs: [] }));
  const somebodyRenames = () => {
    saved = { ...saved, name: 'Contoso Europe', etag: '"environment-7"' };
  };
  return { api, environment, somebodyRenames, app: renderApp(`/e/${environment.id}${below}`) };
};

const pauseDialog = () => screen.findByRole('alertdialog', { name: 'Pause all runs of Contoso?' });
const asked = ({ api }: Pick<ReturnType<typeof show>, 'api'>) =>
  api.asked(contract.updateEnvironment).map(({ body, headers }) => [body, headers.get('if-match')]);

test('pauses all runs after saying what that means, and resumes them', async () => {
  const { api, app, environment } = show('/settings');
  await app.user.click(await screen.findByRole('button', { name: 'Pause all runs …' }));
  const dialog = await pauseDialog();
  expect(dialog).toHaveTextContent('No run starts any more, neither on demand nor by schedule.');
  expect(dialog).toHaveTextContent('passed over, not made up for');
  await app.user.click(within(dialog).getByRole('button', { name: 'Pause all runs' }));
  expect(await screen.findByText('All runs of Contoso are paused.')).toBeVisible();
  await waitFor(() => expect(app.address()).toBe(`/e/${environment.id}/settings`));
  await app.user.click(await screen.findByRole('button', { name: 'Resume' }));
  expect(await screen.findByRole('button', { name: 'Pause all runs …' })).toBeVisible();
  expect(asked({ api })).toEqual([
    [{ isPaused: true }, '"environment-1"'],
    [{ isPaused: false }, '"environment-1+"'],
  ]);
});

test('canceling pauses nothing', async () => {
  const { api, app, environment } = show('/settings/pause');
  await app.user.click(within(await pauseDialog()).getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(app.address()).toBe(`/e/${environment.id}/settings`));
  expect(asked({ api })).toEqual([]);
});

test('when somebody else changed the environment, it says so, and once more does it', async () => {
  const { api, app, somebodyRenames } = show('/settings/pause');
  const dialog = await pauseDialog();
  somebodyRenames();
  await app.user.click(within(dialog).getByRole('button', { name: 'Pause all runs' }));
  expect(await screen.findByText('It was changed.')).toBeInTheDocument();
  const renamed = await screen.findByRole('alertdialog', { name: 'Pause all runs of Contoso Europe?' });
  await app.user.click(within(renamed).getByRole('button', { name: 'Pause all runs' }));
  expect(await screen.findByText('All runs of Contoso Europe are paused.')).toBeVisible();
  expect(asked({ api }).map(([, ifMatch]) => ifMatch)).toEqual(['"environment-1"', '"environment-7"']);
});

test.each(['', '/exports'])(
  'the page %s says that nothing runs, since when and by whom, and an admin resumes',
  async (page) => {
    const activity = [change({ name: 'Contoso' }), change({ isPaused: true })];
    const { app, api } = show(page, { pausedAt: someTime, activity });
    const bar = await screen.findByRole('region', { name: 'All runs are paused' });
    await waitFor(() => expect(bar).toHaveTextContent(/Paused since .*, by Berta Backup\. No export of Contoso runs/));
    expect(within(bar).getByRole('time')).toHaveAttribute('datetime', someTime);
    await app.user.click(screen.getByRole('button', { name: 'Resume' }));
    expect(await screen.findByText('Contoso goes on running.')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('region', { name: 'All runs are paused' })).toBeNull());
    expect(asked({ api })).toEqual([[{ isPaused: false }, '"environment-1"']]);
  },
);

test.each(['contributor', 'viewer'] as const)('a %s is told whom to ask', async (role) => {
  const { api } = show('/exports', { role, pausedAt: someTime });
  const bar = await screen.findByRole('region', { name: 'All runs are paused' });
  expect(bar).toHaveTextContent('until an admin resumes it. The owner is Olga Owner.');
  expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
  expect(api.asked(contract.listActivity)).toHaveLength(0);
});

test('resuming that fails says why, and can be tried again', async () => {
  const { app, api, somebodyRenames } = show('/exports', { pausedAt: someTime });
  await screen.findByRole('button', { name: 'Resume' });
  somebodyRenames();
  await app.user.click(screen.getByRole('button', { name: 'Resume' }));
  expect(await screen.findByText('It was changed.')).toBeVisible();
  await screen.findByText(/No export of Contoso Europe runs/);
  await app.user.click(screen.getByRole('button', { name: 'Resume' }));
  expect(await screen.findByText('Contoso Europe goes on running.')).toBeVisible();
  expect(asked({ api })).toHaveLength(2);
});

test('where runs are made, no page speaks of pausing', async () => {
  show('/exports');
  expect(await screen.findByRole('heading', { name: 'Exports' })).toBeVisible();
  expect(screen.queryByText(/paused/)).toBeNull();
});
