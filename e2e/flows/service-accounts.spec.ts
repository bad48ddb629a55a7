import { apiRoot } from '@junction/contracts';
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, expectAccessible, settle, signIn, test, tick } from '../fixtures.ts';

const phone = { width: 400, height: 800 };
const wide = { width: 1280, height: 800 };

/** What a program does: one request with the token that it was given, and no cookie. */
const asking =
  (program: APIRequestContext, token: string) =>
  async (path: string, method: 'get' | 'post' = 'get') => {
    const answer = await program[method](`${apiRoot}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return {
      status: answer.status(),
      code: answer.ok() ? undefined : ((await answer.json()) as { code: string }).code,
    };
  };

/** Makes a token in the pane that is open, and takes it along before it is gone for good. */
const makeToken = async (page: Page, name: string, access: RegExp): Promise<string> => {
  const pane = page.getByRole('dialog', { name: 'New token' });
  await pane.getByRole('textbox', { name: 'Name' }).fill(name);
  await tick(pane.getByRole('radio', { name: access }));
  await expectAccessible(page);
  await pane.getByRole('button', { name: 'Make token' }).click();
  const shown = page.getByRole('dialog', { name: 'Copy the token now' });
  const token = await shown.getByRole('textbox', { name: 'Token' }).inputValue();
  expect(token).toMatch(/^jct_[A-Za-z0-9_-]{43}$/);
  await expectAccessible(page);
  // Nothing was copied, so it asks before it shows the token to nobody ever again.
  await shown.getByRole('button', { name: 'Done' }).click();
  const question = page.getByRole('alertdialog', { name: 'Close without copying the token?' });
  await question.getByRole('button').filter({ hasText: 'Close' }).click();
  await expect(shown).toHaveCount(0);
  return token;
};

const revoke = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page
    .getByRole('alertdialog', { name: `Revoke ${name}?` })
    .getByRole('button', { name: 'Revoke' })
    .click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByRole('row', { name })).toHaveCount(0);
};

/** In both color schemes, and on a phone without scrolling sideways. */
const expectOpenToAll = async (page: Page): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(phone);
  await settle(page);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  await expectAccessible(page);
  await page.setViewportSize(wide);
};

test('a service account acts by a token, no further than its scope, until the token is revoked', async ({
  page,
  environment,
  prepare,
  playwright,
  baseURL,
}) => {
  // Pages are looked at in both color schemes and on a phone on the way.
  test.slow();
  const address = `/e/${environment.id}/members/service-accounts`;
  await prepare.source(environment.id, 'Customer lake');
  const connection = await prepare.connection(environment.id, { name: 'Campaign lake' });
  const exported = await prepare.export(connection, 'Customers');
  const program = await playwright.request.newContext({ baseURL });
  await page.setViewportSize(wide);
  await signIn(page, 'admin', `/e/${environment.id}/members`);
  let token = '';

  await test.step('an admin makes the account', async () => {
    await page.getByRole('link', { name: 'Service accounts' }).click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await expect(page.getByRole('heading', { name: 'No service accounts' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('link', { name: 'Service accounts' })).toHaveAttribute('aria-current', 'page');
    await page.getByRole('button', { name: 'Add service account' }).click();
    const pane = page.getByRole('dialog', { name: 'Add service account' });
    await pane.getByRole('textbox', { name: 'Name' }).fill('Nightly loads');
    await tick(pane.getByRole('radio', { name: /^Contributor/ }));
    await expectAccessible(page);
    await pane.getByRole('button', { name: 'Add', exact: true }).click();
  });

  await test.step('and a token for it, which is shown once', async () => {
    const account = page.getByRole('dialog', { name: 'Nightly loads' });
    await account.getByRole('button', { name: 'New token' }).click();
    token = await makeToken(page, 'Loader', /^Read only/);
    await expect(account.getByRole('row', { name: 'Loader' })).toBeVisible();
    await expect(account).toContainText(/Last used\s*Never used/);
    await expectOpenToAll(page);
    expect(await page.content()).not.toContain(token);
  });

  const ask = asking(program, token);
  await test.step('a program lists exports with it, and runs none', async () => {
    expect(await ask(`/environments/${environment.id}/exports`)).toEqual({ status: 200, code: undefined });
    const run = await ask(`/environments/${environment.id}/exports/${exported.id}/runs`, 'post');
    expect(run).toEqual({ status: 403, code: 'outOfScope' });
    // Its role is a contributor's, whatever the scope says.
    expect(await ask(`/environments/${environment.id}/members`)).toEqual({ status: 403, code: 'forbidden' });
  });

  await test.step('the admin sees when it was used last', async () => {
    await page.reload();
    await expect(page.getByRole('dialog', { name: 'Nightly loads' })).toContainText(/Last used\s*(now|\d+ )/);
    await page.goto(address);
    await expect(page.getByRole('row', { name: 'Nightly loads' })).toContainText(/now|seconds|minute/);
    await expectOpenToAll(page);
  });

  await test.step('and revokes it, after which the program is refused', async () => {
    await page.getByRole('row', { name: 'Nightly loads' }).getByRole('link', { name: 'Nightly loads' }).click();
    await revoke(page, 'Loader');
    expect(await ask(`/environments/${environment.id}/exports`)).toEqual({ status: 401, code: 'tokenInvalid' });
  });

  await test.step('the activity names both', async () => {
    await page.goto(`/e/${environment.id}/activity`);
    await expect(page.getByRole('row', { name: /Revoked an API token/ })).toContainText('Loader');
    await expect(page.getByRole('row', { name: /Was denied access/ }).first()).toContainText(
      'Nightly loads with the token Loader',
    );
  });

  await test.step('at last the account goes', async () => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Actions for Nightly loads' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove Nightly loads?' });
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('heading', { name: 'No service accounts' })).toBeVisible();
  });
  await program.dispose();
});

test('a token of one’s own acts as oneself until it is revoked', async ({ page, environment, playwright, baseURL }) => {
  test.slow();
  const program = await playwright.request.newContext({ baseURL });
  const name = `Own ${environment.name}`;
  await page.setViewportSize(wide);
  await signIn(page, 'admin', '/account/tokens/new');
  const ask = asking(program, await makeToken(page, name, /^Read only/));
  const row = page.getByRole('row', { name });
  await expect(row).toContainText('Never used');

  expect(await ask(`/environments/${environment.id}/members`)).toEqual({ status: 200, code: undefined });
  expect(await ask('/me/tokens')).toEqual({ status: 403, code: 'outOfScope' });
  await page.reload();
  await expect(row).not.toContainText('Never used');
  await expectOpenToAll(page);

  await revoke(page, name);
  expect(await ask(`/environments/${environment.id}/members`)).toEqual({ status: 401, code: 'tokenInvalid' });
  await program.dispose();
});
