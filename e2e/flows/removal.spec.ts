import type { Environment } from '@junction/contracts';
import type { Locator, Page } from '@playwright/test';
import { emailOf, expect, expectAccessible, type Prepare, shoot, signIn, test, tick } from '../fixtures.ts';

const row = (page: Page, name: string) => page.getByRole('row', { name });
const question = (page: Page, name: string | RegExp) => page.getByRole('alertdialog', { name });
const message = (page: Page) => page.getByRole('region', { name: 'Messages' });

/** An environment with a contributor, a source, and a connection that only admins may use. */
const furnish = async (prepare: Prepare, { id }: Environment) => {
  await prepare.member(id, { email: emailOf('contributor'), role: 'contributor' });
  await prepare.source(id, 'Customer lake');
  return prepare.connection(id, { name: 'Campaign lake' });
};

/** Goes on by keyboard until this has the focus; fails when the keyboard does not lead there. */
const tabTo = async (page: Page, target: Locator) => {
  await expect
    .poll(async () => {
      await page.keyboard.press('Tab');
      return target.evaluate((element) => element === document.activeElement);
    })
    .toBe(true);
};

const askToRemove = async (page: Page, name: string) => {
  await row(page, name)
    .getByRole('button', { name: `Actions for ${name}` })
    .click();
  await page.getByRole('menuitem', { name: 'Remove', exact: true }).click();
  await expect(question(page, `Remove ${name}?`).getByRole('heading', { level: 1 })).toBeVisible();
};

test('sharing a connection, losing it, and getting it back', async ({ page, openAs, environment, prepare }) => {
  test.slow();
  const connection = await furnish(prepare, environment);
  const exportsPage = `/e/${environment.id}/exports`;
  const contributor = await openAs('contributor');

  await test.step('what is not shared is not offered', async () => {
    await contributor.goto(`${exportsPage}/new`);
    const pane = contributor.getByRole('dialog', { name: 'Set up export' });
    await expect(pane).toContainText('Ask Ada Admin');
    await expectAccessible(contributor);
  });

  await test.step('an admin shares it', async () => {
    await signIn(page, 'admin', `/e/${environment.id}/connections/${connection.id}/edit`);
    const pane = page.getByRole('dialog', { name: 'Edit Campaign lake' });
    await tick(pane.getByRole('radio', { name: /Administrators and contributors/ }));
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(pane).toBeHidden();
    await expect(row(page, 'Campaign lake')).toContainText('contributors');
  });

  await test.step('the contributor defines an export over it', async () => {
    await contributor.reload();
    const pane = contributor.getByRole('dialog', { name: 'Set up export' });
    await pane.getByRole('combobox', { name: /Connection for export/ }).click();
    await contributor.getByRole('option', { name: /Campaign lake/ }).click();
    await pane.getByRole('textbox', { name: 'Display name' }).fill('Weekly customers');
    await tick(pane.getByRole('checkbox', { name: 'Customer', exact: true }));
    await expect(pane.getByRole('region', { name: 'What is written' })).toContainText('Weekly customers');
    await expectAccessible(contributor);
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(pane).toBeHidden();
    await expect(row(contributor, 'Weekly customers')).toContainText('Not started');
    await expect(row(contributor, 'Weekly customers')).toContainText('Edit');
  });

  await test.step('the admin reads what depends on it, and removes it', async () => {
    await askToRemove(page, 'Campaign lake');
    const dialog = question(page, 'Remove Campaign lake?');
    await expect(dialog.getByRole('row', { name: /Weekly customers/ })).toContainText('Chris Contributor');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Remove and inactivate 1 export' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(row(page, 'Campaign lake')).toBeHidden();
  });

  await test.step('the contributor sees why the export is inactive', async () => {
    await contributor.reload();
    await expect(row(contributor, 'Weekly customers')).toContainText('Inactive');
    await expect(row(contributor, 'Weekly customers')).toContainText('No connection');
    await row(contributor, 'Weekly customers').getByRole('link', { name: 'Weekly customers' }).click();
    const details = contributor.getByRole('dialog', { name: 'Weekly customers' });
    await expect(details).toContainText(/Its connection Campaign lake was removed on .* by Ada Admin/);
    await expectAccessible(contributor);
  });

  await test.step('the admin undoes it, and the export is active again', async () => {
    await message(page).getByRole('button', { name: 'Undo' }).click();
    await expect(message(page)).toContainText('Campaign lake is back');
    await expect(row(page, 'Campaign lake')).toContainText('1 export');
    await contributor.goto(exportsPage);
    await expect(row(contributor, 'Weekly customers')).toContainText('Not started');
    await expect(row(contributor, 'Weekly customers')).toContainText('Campaign lake');
  });

  await test.step('taking the share back leaves it to be looked at', async () => {
    await page.goto(`/e/${environment.id}/connections/${connection.id}/edit`);
    const pane = page.getByRole('dialog', { name: 'Edit Campaign lake' });
    await tick(pane.getByRole('radio', { name: 'Administrators', exact: true }));
    await expect(pane).toContainText('1 export');
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(pane).toBeHidden();
    await contributor.reload();
    await expect(row(contributor, 'Weekly customers')).toContainText('View only');
  });
});

test('moving exports to another connection when theirs is removed', async ({ page, environment, prepare }) => {
  const old = await furnish(prepare, environment);
  await prepare.connection(environment.id, { name: 'Archive lake', settings: { baseFolder: 'archive' } });
  for (const name of ['Daily customers', 'Loyalty members']) await prepare.export(old, name);
  await signIn(page, 'admin', `/e/${environment.id}/connections`);

  await askToRemove(page, 'Campaign lake');
  await question(page, 'Remove Campaign lake?')
    .getByRole('button', { name: 'Move 2 exports to another connection' })
    .click();
  const dialog = question(page, /^Move 2 exports/);
  await expectAccessible(page);
  await tick(dialog.getByRole('radio', { name: /Archive lake/ }));
  await dialog.getByRole('button', { name: 'Move 2 exports and remove' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row(page, 'Archive lake')).toContainText('2 exports');

  await page.goto(`/e/${environment.id}/exports`);
  for (const name of ['Daily customers', 'Loyalty members']) {
    await expect(row(page, name)).toContainText('Not started');
    await expect(row(page, name)).toContainText('Archive lake');
  }

  await page.goto(`/e/${environment.id}/activity`);
  await page.getByRole('button', { name: 'Removed a connection' }).click();
  const entry = page.getByRole('dialog', { name: 'Removed a connection' });
  await expect(entry.getByRole('row', { name: 'Moved Not set 2 exports' })).toBeVisible();
  await entry.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(
    page.getByText(/2 exports stay as they are \(moved, connected elsewhere or edited since\)/),
  ).toBeVisible();
  await expect(entry.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('a removal by keyboard in a narrow window, undone from the Removed list', async ({
  page,
  environment,
  prepare,
}) => {
  const old = await furnish(prepare, environment);
  await prepare.export(old, 'Daily customers');
  await page.setViewportSize({ width: 400, height: 800 });
  await signIn(page, 'admin', `/e/${environment.id}/connections/${old.id}/remove`);
  const dialog = question(page, 'Remove Campaign lake?');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await tabTo(page, dialog.getByRole('button', { name: 'Remove and inactivate 1 export' }));
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);

  await page.goto(`/e/${environment.id}/connections`);
  await page.getByRole('tab', { name: 'Connections' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Campaign lake')).toContainText('1 export');
  await expectAccessible(page);
  await row(page, 'Campaign lake').getByRole('button', { name: 'Actions for Campaign lake' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Restore' }).press('Enter');
  await expect(message(page)).toContainText('Campaign lake is back');
  await expect(page.getByRole('main')).toBeFocused();
  await page.goto(`/e/${environment.id}/exports`);
  await expect(row(page, 'Daily customers')).toContainText('Not started');
});

test('a connection with many exports asks for its name', async ({ page, environment, prepare }) => {
  const old = await furnish(prepare, environment);
  for (let index = 1; index <= 11; index += 1) await prepare.export(old, `Segment ${String(index).padStart(2, '0')}`);
  await signIn(page, 'admin', `/e/${environment.id}/connections/${old.id}/remove`);
  const dialog = question(page, 'Remove Campaign lake?');
  const confirm = dialog.getByRole('button', { name: 'Remove and inactivate 11 exports' });
  await expect(confirm).toBeDisabled();
  await shoot(page, 'removal');
  await dialog.getByRole('textbox').fill('Campaign lake');
  await confirm.click();
  await expect(dialog).toHaveCount(0);
});
