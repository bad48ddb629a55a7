import type { Locator, Page } from '@playwright/test';
import { emailOf, expect, expectAccessible, signIn, test, tick } from '../fixtures.ts';

const row = (page: Page, name: string) => page.getByRole('row', { name, exact: true });
const shared = { sharing: { sharedWith: 'adminsAndContributors' as const, personIds: [] } };

const choose = async (page: Page, box: Locator, option: string | RegExp) => {
  await box.click();
  await page.getByRole('option', { name: option }).click();
};

test('a contributor defines an export with columns, a filter and a schedule', async ({
  page,
  environment,
  prepare,
}) => {
  await prepare.member(environment.id, { email: emailOf('contributor'), role: 'contributor' });
  await prepare.source(environment.id, 'Customer lake');
  await prepare.connection(environment.id, { name: 'Campaign lake', ...shared });
  await signIn(page, 'contributor', `/e/${environment.id}/exports`);

  await page.getByRole('menuitem', { name: 'Add export' }).click();
  const pane = page.getByRole('dialog', { name: 'Set up export' });
  await pane.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(pane).toContainText('Choose at least one entity.');

  await choose(page, pane.getByRole('combobox', { name: /Connection for export/ }), /Campaign lake/);
  await pane.getByRole('textbox', { name: 'Display name' }).fill('High incomes');
  await tick(pane.getByRole('checkbox', { name: 'Customer', exact: true }));
  // Nothing of what is chosen lies over the buttons.
  await pane.getByRole('button', { name: 'Save', exact: true }).click({ trial: true });
  const chosen = pane.getByRole('list', { name: 'Chosen entities' });
  await chosen.getByRole('button', { name: /^Customer / }).click();
  await chosen.getByRole('button', { name: 'Add filter to Customer' }).click();
  await choose(page, chosen.getByRole('combobox', { name: /: column$/ }), /Income/);
  await choose(page, chosen.getByRole('combobox', { name: /: comparison$/ }), 'is at least');
  const value = chosen.getByRole('textbox', { name: /: value$/ });
  await value.fill('plenty');
  await value.blur();
  await expect(chosen).toContainText('Enter a number such as 12.5.');
  await value.fill('75000');
  await expectAccessible(page);

  await tick(pane.getByRole('radio', { name: /Parquet/ }));
  await pane.getByRole('textbox', { name: 'Folder' }).fill('crm/weekly');
  await pane.getByRole('switch', { name: 'Run on a schedule' }).click();
  await expect(pane.getByRole('region', { name: 'What is written' })).toContainText('crm/weekly/High incomes');
  await pane.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(pane).toHaveCount(0);
  await expect(row(page, 'High incomes')).toContainText('Daily at');

  await page.getByRole('link', { name: 'High incomes' }).click();
  const details = page.getByRole('dialog', { name: 'High incomes' });
  await expect(details).toContainText('is at least 75');
  await expect(details).toContainText('Parquet');
});

test('many exports at once, each by what one may do with it', async ({ page, environment, prepare }) => {
  await prepare.member(environment.id, { email: emailOf('contributor'), role: 'contributor' });
  await prepare.source(environment.id, 'Customer lake');
  const mine = await prepare.connection(environment.id, { name: 'Campaign lake', ...shared });
  const theirs = await prepare.connection(environment.id, { name: 'Finance lake' });
  for (const name of ['Daily customers', 'Weekly customers']) await prepare.export(mine, name);
  await prepare.export(theirs, 'Ledger');
  await signIn(page, 'contributor', `/e/${environment.id}/exports`);
  await expect(row(page, 'Ledger')).toContainText('View only');

  await test.step('detaching changes those that one may edit', async () => {
    for (const name of ['Daily customers', 'Weekly customers', 'Ledger']) {
      await row(page, name).getByRole('checkbox').click();
    }
    await page.getByRole('menuitem', { name: 'Detach connection' }).click();
    const dialog = page.getByRole('alertdialog');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: /^Detach/ }).click();
    await expect(dialog).toHaveCount(0);
    for (const name of ['Daily customers', 'Weekly customers']) await expect(row(page, name)).toContainText('Inactive');
    await expect(row(page, 'Ledger')).toContainText('Not started');
  });

  await test.step('what one could manage before can be connected again', async () => {
    await page.keyboard.press('Escape');
    await row(page, 'Daily customers').getByRole('button', { name: 'Actions for Daily customers' }).click();
    await page.getByRole('menuitem', { name: 'Connect to…' }).click();
    const pane = page.getByRole('dialog');
    await choose(page, pane.getByRole('combobox', { name: /Connection/ }), /Campaign lake/);
    await pane.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(row(page, 'Daily customers')).toContainText('Not started');
  });

  await test.step('the list is narrowed down and found again', async () => {
    await page.getByRole('combobox', { name: 'Filter by status' }).click();
    await page.getByRole('listbox').getByText('Inactive').click();
    await page.keyboard.press('Escape');
    await expect(row(page, 'Daily customers')).toHaveCount(0);
    await expect(row(page, 'Weekly customers')).toBeVisible();
    await page.reload();
    await expect(row(page, 'Weekly customers')).toBeVisible();
    await expect(row(page, 'Ledger')).toHaveCount(0);
  });
});
