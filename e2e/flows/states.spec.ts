import type { Page, Route } from '@playwright/test';
import { demoPassword, emailOf, expect, expectAccessible, forgive, signIn, test, tick } from '../fixtures.ts';

const rows = (page: Page) => page.getByRole('grid', { name: 'Connections' }).getByRole('row');
const row = (page: Page, name: string) => page.getByRole('row', { name });
/** The list of connections, but none of what lies below it. */
const listRequest = /\/api\/v1\/environments\/[^/]+\/connections\?/;

const setUpAddress = (environment: { id: string }) => `/e/${environment.id}/connections/new/adls-gen2`;
const setUpPane = (page: Page) =>
  page.getByRole('dialog', { name: 'Set up Azure Data Lake Storage Gen2 connection', exact: true });

/** Signs in on the form, wherever it appeared. */
const signInOnForm = async (page: Page, email: string, password: string) => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

/** Holds every request that the route catches until it is told to let them go on. */
const gate = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const hold = async (route: Route) => {
    await promise;
    await route.continue();
  };
  return { hold, open: resolve };
};

test('without the network the page says so, keeps what it has, and comes back by itself', async ({
  page,
  environment,
  prepare,
  complaints,
}) => {
  await prepare.connection(environment.id, { name: 'Lake in sight' });
  await signIn(page, 'admin', `/e/${environment.id}/connections`);
  await expect(row(page, 'Lake in sight')).toBeVisible();

  await page.context().setOffline(true);
  await row(page, 'Lake in sight').getByRole('button', { name: 'Actions for Lake in sight' }).click();
  await page.getByRole('menuitem', { name: 'Check now' }).click();
  await expect(page.getByRole('banner').getByRole('status')).toContainText('Offline: Junction cannot be reached');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
    'Lake in sight could not be checked. Junction cannot be reached.',
  );
  await expect(row(page, 'Lake in sight')).toContainText('Healthy');
  await expectAccessible(page);

  await prepare.connection(environment.id, { name: 'Lake of meanwhile' });
  await page.context().setOffline(false);
  await expect(page.getByRole('banner').getByRole('status')).toBeEmpty();
  await expect(row(page, 'Lake of meanwhile')).toBeVisible();
  forgive(complaints, /ERR_INTERNET_DISCONNECTED/);
});

test('an error of the server can be retried', async ({ page, environment, prepare, complaints }) => {
  await prepare.connection(environment.id, { name: 'Lake behind an error' });
  await page.route(
    listRequest,
    (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        json: {
          type: 'about:blank',
          title: 'Something went wrong on the server',
          status: 500,
          detail: 'Something went wrong on the server. Try again.',
          code: 'internal',
          traceId: 'trace-of-this-flow',
        },
      }),
    { times: 1 },
  );
  await signIn(page, 'admin', `/e/${environment.id}/connections`);
  const alert = page.getByRole('alert').filter({ hasText: 'This could not be loaded' });
  await expect(alert).toContainText('Something went wrong on the server. Try again.');
  await expect(alert).toContainText('Reference trace-of-this-flow');
  await expectAccessible(page);
  await alert.getByRole('button', { name: 'Retry' }).click();
  await expect(row(page, 'Lake behind an error')).toContainText('Healthy');
  forgive(complaints, /status of 500/);
});

test('a slow network shows the shape of the list, then the list', async ({ page, environment, prepare }) => {
  await prepare.connection(environment.id, { name: 'Lake far away' });
  const { hold, open } = gate();
  await page.route(listRequest, hold);
  await signIn(page, 'admin', `/e/${environment.id}/connections`);
  const list = page.getByRole('grid', { name: 'Connections' });
  await expect(list.getByRole('columnheader', { name: 'Status' })).toBeVisible();
  await expect(row(page, 'Lake far away')).toHaveCount(0);
  await expectAccessible(page);
  open();
  await expect(row(page, 'Lake far away')).toContainText('Healthy');
  await expect(rows(page)).toHaveCount(2);
});

test('an empty list says what to do, and a search without a hit how to get back', async ({
  page,
  environment,
  prepare,
}) => {
  await signIn(page, 'admin', `/e/${environment.id}/connections`);
  await expect(page.getByRole('heading', { name: 'No connections yet' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Discover what can be connected' }).click();
  await expect(page.getByRole('tab', { name: 'Discover' })).toHaveAttribute('aria-selected', 'true');

  await prepare.connection(environment.id, { name: 'The only lake' });
  await page.goto(`/e/${environment.id}/connections?search=nowhere`);
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(row(page, 'The only lake')).toBeVisible();
  await expect(page).toHaveURL(`/e/${environment.id}/connections`);
});

test('a second click on Save sets up one connection', async ({ page, environment }) => {
  await signIn(page, 'admin', setUpAddress(environment));
  const pane = setUpPane(page);
  await pane.getByRole('button', { name: 'Fill in the sample lake' }).click();
  await tick(pane.getByRole('checkbox', { name: 'I agree' }));
  const { hold, open } = gate();
  let creates = 0;
  await page.route(/\/connections$/, (route) => {
    if (route.request().method() === 'POST') creates += 1;
    return hold(route);
  });
  await pane.getByRole('button', { name: 'Save', exact: true }).dblclick();
  await expect(pane.getByRole('button', { name: 'Verifying and saving …' })).toBeDisabled();
  open();
  await expect(pane).toHaveCount(0);
  await expect(rows(page)).toHaveCount(2);
  expect(creates).toBe(1);
});

test('unsaved changes are not lost by accident', async ({ page, environment }) => {
  await signIn(page, 'admin', `/e/${environment.id}/connections/discover`);
  await page.getByRole('button', { name: 'Set up Azure Blob Storage' }).click();
  const pane = page.getByRole('dialog', { name: 'Set up Azure Blob Storage connection' });
  const nameField = pane.getByRole('textbox', { name: 'Display name' });
  await nameField.fill('Half a connection');
  const ask = page.getByRole('alertdialog', { name: 'Leave without saving?' });

  for (const [how, leave] of [
    ['Cancel', () => pane.getByRole('button', { name: 'Cancel' }).click()],
    ['Escape', () => nameField.press('Escape')],
    ['Back', () => page.evaluate(() => history.back())],
  ] as const) {
    await test.step(`${how} asks first`, async () => {
      await leave();
      await expect(ask.getByRole('button', { name: 'Cancel' })).toBeFocused();
      await ask.getByRole('button', { name: 'Cancel' }).click();
      await expect(ask).toHaveCount(0);
      await expect(nameField).toHaveValue('Half a connection');
    });
  }

  await test.step('closing the tab asks first', async () => {
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await expect(nameField).toHaveValue('Half a connection');
  });

  await test.step('who wants to leave, leaves', async () => {
    await pane.getByRole('button', { name: 'Cancel' }).click();
    await ask.getByRole('button', { name: 'Leave' }).click();
    await expect(pane).toHaveCount(0);
    await expect(page.getByRole('tab', { name: 'Discover' })).toHaveAttribute('aria-selected', 'true');
  });
});

test('every pane has an address: it opens directly, stays on refresh, and closes with Back', async ({
  page,
  environment,
  prepare,
}) => {
  const { id } = await prepare.connection(environment.id, { name: 'Linked lake' });
  const list = `/e/${environment.id}/connections`;
  await signIn(page, 'admin', `${list}?orderby=name+desc&search=linked`);
  await row(page, 'Linked lake').getByRole('link', { name: 'Linked lake' }).click();
  const details = page.getByRole('dialog', { name: 'Linked lake' });
  await expect(details).toBeAttached();
  await expect(page).toHaveURL(new RegExp(`${list}/${id}\\?`));

  await page.reload();
  await expect(details).toBeAttached();
  await page.goBack();
  await expect(details).toHaveCount(0);
  await expect(page).toHaveURL(`${list}?orderby=name+desc&search=linked`);
  await expect(page.getByRole('searchbox', { name: 'Search connections' })).toHaveValue('linked');

  const panes: readonly [address: string, role: 'dialog' | 'alertdialog', name: string][] = [
    [`${list}/${id}`, 'dialog', 'Linked lake'],
    [`${list}/${id}/edit`, 'dialog', 'Edit Linked lake'],
    [`${list}/${id}/remove`, 'alertdialog', 'Remove Linked lake?'],
    [setUpAddress(environment), 'dialog', 'Set up Azure Data Lake Storage Gen2 connection'],
    [`/e/${environment.id}/members/new`, 'dialog', 'Add member'],
    [`/e/${environment.id}/settings/delete`, 'alertdialog', `Delete ${environment.name}?`],
  ];
  for (const [address, role, name] of panes) {
    await test.step(name, async () => {
      await page.goto(address);
      await expect(page.getByRole(role, { name, exact: true })).toBeAttached();
    });
  }
});

test('a session that ends in the middle leads to signing in, and back to the page', async ({
  page,
  environment,
  prepare,
}) => {
  await prepare.connection(environment.id, { name: 'Lake before and after' });
  const address = `/e/${environment.id}/connections?search=lake`;
  await signIn(page, 'admin', address);
  await expect(row(page, 'Lake before and after')).toBeVisible();

  const ended = await page.request.delete('/api/v1/session');
  expect(ended.status()).toBe(200);
  await row(page, 'Lake before and after').getByRole('link', { name: 'Lake before and after' }).click();
  await expect(page).toHaveURL(/\/sign-in\?return=/);
  await expect(page.getByText('Your session ended. Sign in to go on')).toBeVisible();
  await signInOnForm(page, emailOf('admin'), demoPassword);
  await expect(page.getByRole('dialog', { name: 'Lake before and after' })).toBeAttached();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page).toHaveURL(address);
});

test('somebody who guesses passwords is told to wait', async ({ page, environment }) => {
  // An account of this test's own, so that nobody else has to wait.
  const email = `guessed-${environment.id}@contoso.example`;
  /** The API allows this many for one account from one address. */
  const triesAllowed = 8;
  await page.goto('/sign-in');
  await signInOnForm(page, email, 'wrong password 1');
  const refusal = page.getByRole('alert').filter({ hasText: /\S/ });
  await expect(refusal).toContainText('The e-mail address or the password is wrong');
  await expect(page.getByLabel('E-mail')).toHaveValue(email);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  for (let tries = 1; tries < triesAllowed; tries += 1) {
    const answer = await page.request.post('/api/v1/session', { data: { email, password: 'still wrong' } });
    expect(answer.status()).toBe(401);
  }
  await signInOnForm(page, email, 'wrong password 9');
  await expect(refusal).toContainText(/Too many attempts\. Try again in 1[45] minutes\./);
  await expectAccessible(page);
});
