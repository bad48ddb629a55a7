import { apiRoot, getProfileReport, listProfileReports, pathOf } from '@junction/contracts';
import type { Page } from '@playwright/test';
import { emailOf, expect, expectAccessible, signIn, test, tick } from '../fixtures.ts';

const type = 'Dynamics 365 audience insights';
const name = 'Contoso sample lake';

/** The sample's customers are read and counted in a few seconds; a busy machine takes a while. */
const importTimeoutMs = 60_000;

const steps = (page: Page) => page.getByRole('navigation', { name: 'Steps' });
const heading = (page: Page, text: string) => page.getByRole('heading', { name: text, level: 2 });
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();
const toProfiles = (page: Page) => page.getByRole('navigation').getByRole('link', { name: 'Profiles' });
const number = (page: Page) => page.getByRole('status', { name: 'How many profiles' });

/** What the API answers a page's owner who asks for the report of a connection. */
const askForReport = (page: Page, params: { environmentId: string; connectionId: string }) =>
  page.request.get(`${apiRoot}${pathOf(getProfileReport, params)}`);

test('profiles are seen by whom an admin chose, for as long as they are chosen, and by nobody else', async ({
  page,
  environment,
  prepare,
  openAs,
}) => {
  test.slow();
  const { id: environmentId } = environment;
  // Vera is to see the report; Chris is an admin, too, and is not.
  await prepare.member(environmentId, { email: emailOf('viewer'), role: 'viewer' });
  await prepare.member(environmentId, { email: emailOf('contributor'), role: 'admin' });
  await signIn(page, 'admin', `/e/${environmentId}/connections/discover`);

  await test.step('an admin says where the lake is, and sees what the check finds there', async () => {
    await page.getByRole('button', { name: `Set up ${type}` }).click();
    await expect(heading(page, 'Settings')).toBeVisible();
    await page.getByRole('button', { name: 'Fill in the sample lake' }).click();
    await expect(page.getByRole('textbox', { name: 'Audience insights folder name' })).toHaveValue(
      /^customerinsights\/ci_/,
    );
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    const found = page.getByRole('list', { name: 'Verification steps' }).getByRole('listitem');
    await expect(found.filter({ hasText: 'Passed' })).toHaveCount(11);
    await expect(found.filter({ hasText: 'Find the customers' })).toContainText('birth date (BirthDate)');
    await expect(page.getByRole('combobox', { name: 'Birth date' })).toHaveValue('BirthDate');
    await expectAccessible(page);
  });

  await test.step('leaves, comes back and goes on; only the key is asked for again', async () => {
    await expect(page.getByText('Draft saved')).toBeVisible();
    await page.goto(`/e/${environmentId}/connections`);
    await page.getByRole('button', { name: `Resume ${name}` }).click();
    await expect(page.getByRole('textbox', { name: 'Display name' })).toHaveValue(name);
    const key = page.locator('input[type=password]');
    await expect(key).toHaveValue('');
    const { accountKey } = await prepare.sampleLake();
    await key.fill(accountKey);
    await next(page);
  });

  await test.step('says who may see it', async () => {
    await expect(heading(page, 'Access')).toBeFocused();
    await page.getByRole('combobox', { name: 'Add people' }).fill('vera');
    await page.getByRole('option', { name: /Vera Viewer/ }).click();
    await expect(page.getByRole('list', { name: 'People with access to profile data' })).toContainText('Vera Viewer');
    await expectAccessible(page);
    await next(page);
  });

  await test.step('reviews it, and sees the import on its way', async () => {
    await expect(heading(page, 'Review')).toBeFocused();
    await expectAccessible(page);
    await steps(page)
      .getByRole('link', { name: /Access/ })
      .click();
    await expect(heading(page, 'Access')).toBeFocused();
    await next(page);
    await tick(page.getByRole('checkbox', { name: /I agree/ }));
    await page.getByRole('button', { name: 'Done' }).click();
    const details = page.getByRole('dialog', { name });
    const standing = details.getByRole('region', { name: 'Profile data', exact: true });
    await expect(standing).toContainText('Active', { timeout: importTimeoutMs });
    await expect(standing).toContainText('20,000 customer profiles');
    await expect(details.getByRole('region', { name: 'Entities' })).toContainText('5 entities');
    await expectAccessible(page);
    await standing.getByRole('link', { name: `Open the report of ${name}` }).click();
  });

  await expect(number(page)).toHaveText('20,000 profiles');
  await expectAccessible(page);
  const connectionId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const params = { environmentId, connectionId };

  const vera = await openAs('viewer');
  await test.step('who was chosen sees the report, and filters it', async () => {
    await vera.goto(`/e/${environmentId}`);
    await toProfiles(vera).click();
    await expect(number(vera)).toHaveText('20,000 profiles');
    await vera.getByRole('button', { name: /^Female/ }).click();
    await expect(vera).toHaveURL(/gender=female/);
    await expect(number(vera)).toHaveText(/^[\d,]+ of 20,000 profiles$/);
    await vera.goBack();
    await expect(number(vera)).toHaveText('20,000 profiles');
  });

  await test.step('another admin does not, by any way', async () => {
    const chris = await openAs('contributor');
    await chris.goto(`/e/${environmentId}`);
    await expect(chris.getByRole('link', { name: 'Connections', exact: true })).toBeVisible();
    await expect(toProfiles(chris)).toHaveCount(0);
    await chris.goto(`/e/${environmentId}/profiles/${connectionId}`);
    await expect(chris.getByRole('heading', { name: 'There is nothing here, or not for you' })).toBeVisible();
    expect((await askForReport(chris, params)).status()).toBe(404);
    const list = await chris.request.get(`${apiRoot}${pathOf(listProfileReports, { environmentId })}`);
    expect(await list.json()).toEqual({ value: [] });
  });

  await test.step('who loses access notices with the next click', async () => {
    await page.goto(`/e/${environmentId}/connections/${connectionId}`);
    const details = page.getByRole('dialog', { name });
    await expect(details.getByRole('region', { name: 'Access to profile data' })).toContainText('Vera Viewer');
    await details.getByRole('button', { name: 'Remove Vera Viewer' }).click();
    await page
      .getByRole('alertdialog', { name: /Remove the access of Vera Viewer/ })
      .getByRole('button', { name: 'Remove' })
      .click();
    await expect(page.getByText('Vera Viewer cannot see the profile data any more.')).toBeVisible();
    await vera.getByRole('button', { name: /^Male/ }).click();
    await expect(vera.getByRole('heading', { name: 'You no longer have access to these profiles' })).toBeVisible();
    await expect(toProfiles(vera)).toHaveCount(0);
    expect((await askForReport(vera, params)).status()).toBe(404);
  });
});
