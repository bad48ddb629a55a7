import type { Page } from '@playwright/test';
import { expect, expectAccessible, signIn, test, tick } from '../fixtures.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const switcher = (page: Page, name: string) => page.getByRole('button', { name: `Environment: ${name}` });
const environments = (page: Page) => page.getByRole('dialog', { name: 'Environments' });

test('an admin creates an environment, switches, renames it and deletes it', async ({ page, environment }) => {
  const created = `Sandbox of ${environment.name}`;
  const renamed = `Trial of ${environment.name}`;

  await test.step('creates one from the switcher', async () => {
    await signIn(page, 'admin', `/e/${environment.id}`);
    await switcher(page, environment.name).click();
    await environments(page).getByRole('link', { name: 'New environment' }).click();
    const pane = page.getByRole('dialog', { name: 'New environment' });
    await pane.getByRole('textbox', { name: 'Name' }).fill(created);
    await tick(pane.getByRole('radio', { name: 'Sandbox' }));
    await expectAccessible(page);
    await pane.getByRole('button', { name: 'Create' }).click();
    await expect(heading(page, created)).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Sandbox environment.');
  });

  await test.step('switches to another and back, and stays on the page of the same name', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Members' }).click();
    await expect(heading(page, 'Members')).toBeVisible();
    await switcher(page, created).click();
    await environments(page).getByRole('searchbox', { name: 'Search environments' }).fill(environment.name);
    await environments(page)
      .getByRole('link', { name: new RegExp(`^${environment.name}`) })
      .click();
    await expect(page).toHaveURL(`/e/${environment.id}/members`);
    await expect(heading(page, 'Members')).toBeVisible();
    await switcher(page, environment.name).click();
    await environments(page).getByRole('searchbox', { name: 'Search environments' }).fill(created);
    await environments(page)
      .getByRole('link', { name: new RegExp(`^${created}`) })
      .click();
    await expect(switcher(page, created)).toBeVisible();
  });

  await test.step('renames it', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
    const general = page.getByRole('region', { name: 'General' });
    await general.getByRole('textbox', { name: 'Name' }).fill(renamed);
    await general.getByRole('button', { name: 'Save' }).click();
    await expect(switcher(page, renamed)).toBeVisible();
  });

  await test.step('deletes it by typing its name', async () => {
    await page.getByRole('button', { name: 'Delete environment …' }).click();
    const dialog = page.getByRole('alertdialog', { name: `Delete ${renamed}?` });
    const confirm = dialog.getByRole('button', { name: 'Delete' });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole('textbox').fill(created);
    await expect(confirm).toBeDisabled();
    await expectAccessible(page);
    await dialog.getByRole('textbox').fill(renamed);
    await confirm.click();
    await expect(heading(page, 'Environments')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(`${renamed} was deleted.`);
  });

  await test.step('and it is gone', async () => {
    await page.getByRole('searchbox', { name: 'Search environments' }).fill(renamed);
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  });
});
