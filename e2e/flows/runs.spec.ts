import type { Page } from '@playwright/test';
import { emailOf, expect, expectAccessible, forgive, settle, signIn, test, wrongAccountKey } from '../fixtures.ts';
import { unreachableLake } from '../unreachable-lake.ts';

/** The sample has two partitions of customers, which are moved one by one. */
const inSeconds = { timeout: 40_000 };

const row = (page: Page, name: string) => page.getByRole('row', { name, exact: true });
const shared = { sharing: { sharedWith: 'adminsAndContributors' as const, personIds: [] } };

const act = async (page: Page, name: string, command: string) => {
  await row(page, name)
    .getByRole('button', { name: `Actions for ${name}` })
    .click();
  await page.getByRole('menuitem', { name: command, exact: true }).click();
};

test('a contributor runs an export, watches it and finds what it wrote', async ({ page, environment, prepare }) => {
  await prepare.member(environment.id, { email: emailOf('contributor'), role: 'contributor' });
  await prepare.source(environment.id, 'Customer lake');
  const lake = await prepare.connection(environment.id, { name: 'Campaign lake', ...shared });
  await prepare.export(lake, 'Daily customers');
  await signIn(page, 'contributor', `/e/${environment.id}/exports`);

  await test.step('its row says how it goes, by itself', async () => {
    await act(page, 'Daily customers', 'Run');
    await expect(row(page, 'Daily customers')).toContainText('Successful', inSeconds);
  });

  const details = page.getByRole('dialog', { name: 'Daily customers', exact: true });
  await test.step('its first rows are shown as they are written', async () => {
    await page.getByRole('link', { name: 'Daily customers' }).click();
    await details.getByRole('button', { name: 'Preview Customer' }).click();
    const preview = page.getByRole('dialog', { name: 'Preview of Daily customers' });
    await expect(preview.getByRole('columnheader', { name: 'CustomerId' })).toBeVisible();
    await expect(preview.getByRole('row')).toHaveCount(101);
    await preview.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the run tells what happened and where its files are', async () => {
    const runs = details.getByRole('list', { name: 'Runs, newest first' });
    await expect(runs.getByRole('listitem')).toHaveCount(1);
    await expect(runs).toContainText('On demand by Chris Contributor');
    await expect(runs).toContainText('20,000 rows');
    await runs.getByRole('link').click();
    await expect(page).toHaveURL(/\/runs\//);
    await expect(details.getByRole('list', { name: 'What happened' })).toContainText('Everything is published');
    await expect(details).toContainText(`Junction_${environment.id}/Daily customers/model.json`);
    await expect(details.getByRole('button', { name: /^Copy .*manifest/ })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('and can be made again', async () => {
    const first = page.url();
    await details.getByRole('button', { name: 'Run again' }).click();
    await expect(page).not.toHaveURL(first);
    await expect(details.getByRole('status')).toHaveText('Successful', inSeconds);
    await details.getByRole('button', { name: 'Show the export' }).click();
    await expect(details.getByRole('list', { name: 'Runs, newest first' }).getByRole('listitem')).toHaveCount(2);
  });
});

test('what fails is told where people look, with its remedy, and so is that it works again', async ({
  page,
  environment,
  prepare,
}) => {
  const home = `/e/${environment.id}`;
  await prepare.source(environment.id, 'Customer lake');
  const broken = await prepare.connection(environment.id, {
    name: 'Broken lake',
    secrets: { accountKey: wrongAccountKey },
  });
  await prepare.export(broken, 'Lost customers');
  await signIn(page, 'admin', `${home}/exports`);
  await act(page, 'Lost customers', 'Run');
  await expect(row(page, 'Lost customers')).toContainText('Failed', inSeconds);

  await test.step('the Status page leads to the remedy', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Status' }).click();
    await expect(page.getByRole('status', { name: 'How it stands' })).toContainText('need');
    const failed = page.getByRole('region', { name: /Failed or skipped/ });
    await expect(failed).toContainText('Lost customers');
    await expect(failed).toContainText('account key');
    await failed.getByRole('link', { name: 'Show the run' }).click();
    await expect(page.getByRole('dialog', { name: 'Lost customers' }).getByRole('status')).toHaveText('Failed');
  });

  await test.step('once it is repaired, the run is made again', async () => {
    await prepare.repair(broken);
    const pane = page.getByRole('dialog', { name: 'Lost customers' });
    const failed = page.url();
    await pane.getByRole('button', { name: 'Run again' }).click();
    await expect(page).not.toHaveURL(failed);
    await expect(pane.getByRole('status')).toHaveText('Successful', inSeconds);
    await pane.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the bell has told of both', async () => {
    await page.reload();
    await page.getByRole('button', { name: /^Notices, \d+ unread/ }).click();
    const notices = page.getByRole('list', { name: 'Notices' });
    await expect(notices).toContainText('An export began to fail');
    await expect(notices).toContainText('An export works again');
    await page.getByRole('dialog', { name: 'Notices' }).getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('button', { name: 'Notices', exact: true })).toBeVisible();
  });
});

test('a run that waits for a store that is away can be canceled', async ({ page, environment, prepare }) => {
  await prepare.source(environment.id, 'Customer lake');
  const { accountName } = await prepare.sampleLake();
  const away = await prepare.connection(environment.id, {
    name: 'Lake that is away',
    settings: { endpoint: `${unreachableLake}/${accountName}` },
  });
  await prepare.export(away, 'Patient customers');
  await signIn(page, 'admin', `/e/${environment.id}/exports`);
  await act(page, 'Patient customers', 'Run');
  await expect(row(page, 'Patient customers')).toContainText(/Tries again/, inSeconds);
  await act(page, 'Patient customers', 'Cancel run');
  await expect(row(page, 'Patient customers')).toContainText('Canceled');
});

test('progress also comes where events are held back', async ({ page, environment, prepare, complaints }) => {
  await prepare.source(environment.id, 'Customer lake');
  const lake = await prepare.connection(environment.id, { name: 'Campaign lake' });
  await prepare.export(lake, 'Polled customers');
  await page.route('**/api/v1/**', (route) =>
    route.request().headers().accept?.includes('text/event-stream') ? route.abort() : route.fallback(),
  );
  await signIn(page, 'admin', `/e/${environment.id}/exports`);
  await act(page, 'Polled customers', 'Run');
  await expect(row(page, 'Polled customers')).toContainText('Successful', inSeconds);
  forgive(complaints, /ERR_FAILED/);
});

test('nothing runs while the environment is paused', async ({ page, environment, prepare }) => {
  const home = `/e/${environment.id}`;
  await prepare.source(environment.id, 'Customer lake');
  const lake = await prepare.connection(environment.id, { name: 'Campaign lake' });
  await prepare.export(lake, 'Daily customers');
  await signIn(page, 'admin', `${home}/settings`);
  await page.getByRole('button', { name: /^Pause all runs/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Pause all runs' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Exports' }).click();
  await expect(page.getByRole('main')).toContainText('Paused since');
  await act(page, 'Daily customers', 'Run');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('paused');
  await settle(page);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('main')).not.toContainText('Paused since');
  await act(page, 'Daily customers', 'Run');
  await expect(row(page, 'Daily customers')).toContainText('Successful', inSeconds);
});
