import type { Page } from '@playwright/test';
import { demoPassword, emailOf, expect, expectAccessible, signIn, test, tick, wrongAccountKey } from '../fixtures.ts';

const type = 'Azure Data Lake Storage Gen2';
const name = 'Contoso sample lake';

const setUpPane = (page: Page) => page.getByRole('dialog', { name: `Set up ${type} connection` });
const editPane = (page: Page) => page.getByRole('dialog', { name: `Edit ${name}` });
const row = (page: Page) => page.getByRole('row', { name });
const steps = (page: Page) => page.getByRole('list', { name: 'Verification steps' }).getByRole('listitem');

/** How many steps a check of a storage account has. */
const stepCount = 7;

test('an admin sets a lake up, sees it healthy, breaks it, sees why, repairs it and removes it', async ({
  page,
  environment,
  prepare,
}) => {
  await test.step('signs in', async () => {
    await page.goto(`/e/${environment.id}`);
    await page.getByRole('button', { name: emailOf('admin') }).click();
    await page.getByLabel('Password', { exact: true }).fill(demoPassword);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: environment.name })).toBeVisible();
  });

  await test.step('finds the type under Discover', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Connections' }).click();
    await expect(page.getByRole('heading', { name: 'No connections yet' })).toBeVisible();
    await page.getByRole('tab', { name: 'Discover' }).click();
    const tile = page.getByRole('article', { name: type });
    await expect(tile).toContainText('0 set up');
    await tile.getByRole('button', { name: `Set up ${type}` }).click();
  });

  await test.step('fills in the sample lake and sees each step pass', async () => {
    const pane = setUpPane(page);
    await pane.getByRole('button', { name: 'Fill in the sample lake' }).click();
    await expect(pane.getByRole('textbox', { name: 'Display name' })).toHaveValue(name);
    await pane.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(pane.getByText('Verified. Everything this connection needs works.')).toBeVisible();
    await expect(steps(page)).toHaveCount(stepCount);
    for (const step of await steps(page).all()) await expect(step).toContainText(/Passed · (under 1|\d+) ms/);
  });

  await test.step('agrees and saves', async () => {
    const pane = setUpPane(page);
    const save = pane.getByRole('button', { name: 'Save', exact: true });
    await expect(save).toBeDisabled();
    await expect(save).toHaveAccessibleDescription('Still needed: “I agree”.');
    await tick(pane.getByRole('checkbox', { name: 'I agree' }));
    await expectAccessible(page);
    await save.click();
    await expect(pane).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(`${name} is set up and healthy.`);
    await expect(row(page)).toContainText('Healthy');
  });

  await test.step('reads its details', async () => {
    await row(page).getByRole('link', { name }).click();
    const details = page.getByRole('dialog', { name });
    await expect(details.getByRole('list', { name: 'Last check: 1 passed, 0 did not.' })).toBeVisible();
    await expect(details.getByRole('region', { name: 'Settings' })).toContainText('contosolake');
    await expect(details.getByRole('region', { name: 'Settings' })).toContainText(/Account key\s*Set on/);
    await expect(details.getByRole('region', { name: 'Consent' })).toContainText(/Agreed by\s*Ada Admin/);
    await expect(details.getByRole('list', { name: `Activity of ${name}` }).getByRole('listitem')).toHaveCount(1);
    await expectAccessible(page);
    await details.getByRole('menuitem', { name: 'Edit' }).click();
  });

  await test.step('names a container that is not there, and is told so', async () => {
    const pane = editPane(page);
    await pane.getByRole('textbox', { name: 'Container' }).fill('nobody-made-this');
    await pane.getByRole('button', { name: 'Verify', exact: true }).click();
    const step = steps(page).filter({ hasText: /^Find the container/ });
    await expect(step).toContainText(/Failed · /);
    await expect(step).toContainText('There is no container "nobody-made-this" in contosolake.');
    await expect(step).toContainText('az storage container create --account-name contosolake --name nobody-made-this');
    await expect(step.getByRole('button', { name: 'Create container' })).toBeVisible();
    await expect(pane.getByRole('textbox', { name: 'Container' })).toHaveAccessibleDescription(/There is no container/);
    await expectAccessible(page);
  });

  await test.step('replaces the key by a wrong one, and is told so at the key', async () => {
    const pane = editPane(page);
    await pane.getByRole('textbox', { name: 'Container' }).fill('exports');
    await pane.getByRole('button', { name: 'Replace Account key' }).click();
    const key = pane.getByRole('textbox', { name: 'Account key' });
    await expect(key).toBeFocused();
    await key.fill(wrongAccountKey);
    await pane.getByRole('button', { name: 'Verify again' }).click();
    await expect(steps(page).filter({ hasText: /^Sign in/ })).toContainText(/Failed · /);
    await expect(key).toHaveAccessibleDescription(/The account key is not one of the two keys of contosolake\./);
  });

  await test.step('saves it anyway', async () => {
    const pane = editPane(page);
    await expect(pane.getByRole('button', { name: 'Save anyway' })).toBeHidden();
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await pane.getByRole('button', { name: 'Save anyway' }).click();
    await expect(pane).toHaveCount(0);
    const details = page.getByRole('dialog', { name });
    await expect(details.getByRole('list', { name: 'Last 2 checks: 1 passed, 1 did not.' })).toBeVisible();
    await details.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(row(page)).toContainText('Action required');
    await expect(row(page)).toContainText('The account key is not one of the two keys of contosolake.');
  });

  await test.step('repairs it from where the list says why', async () => {
    await row(page)
      .getByRole('button', { name: /The account key is not one/ })
      .click();
    const why = page.getByRole('dialog', { name: `${name}: Action required` });
    await expect(why).toContainText('Copy key1 or key2 again');
    await why.getByRole('button', { name: 'Edit' }).click();
    const pane = editPane(page);
    await pane.getByRole('button', { name: 'Replace Account key' }).click();
    await pane.getByRole('textbox', { name: 'Account key' }).fill((await prepare.sampleLake()).accountKey);
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(pane).toHaveCount(0);
    await expect(row(page)).toContainText('Healthy');
  });

  await test.step('removes it', async () => {
    await row(page)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    const dialog = page.getByRole('alertdialog', { name: `Remove ${name}?` });
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expect(dialog).toContainText('Nothing depends on it, so nothing else changes.');
    const remove = dialog.getByRole('button', { name: 'Remove' });
    await expect(remove).toHaveCSS('background-color', 'rgb(177, 14, 28)');
    await expectAccessible(page);
    await remove.click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'No connections yet' })).toBeVisible();
  });
});

test('a container that is missing is made by the check that misses it', async ({ page, environment, prepare }) => {
  const container = `made-${environment.id}`;
  const connection = await prepare.connection(environment.id, { name, settings: { container } });
  await signIn(page, 'admin', `/e/${environment.id}/connections/${connection.id}/edit`);
  const pane = editPane(page);
  await pane.getByRole('button', { name: 'Verify', exact: true }).click();
  await pane.getByRole('button', { name: 'Create container' }).click();
  await expect(pane.getByText('Verified. Everything this connection needs works.')).toBeVisible();
  await expect(steps(page).filter({ hasText: /^Find the container/ })).toContainText(/Passed · /);
});

test('a lake is set up without a mouse', async ({ page, environment }) => {
  await signIn(page, 'admin', `/e/${environment.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  /** Far more stops than any page has. */
  const stopsAtMost = 60;
  const tabTo = async (target: ReturnType<Page['getByRole']>) => {
    await expect(target).toBeVisible();
    for (let stop = 0; stop < stopsAtMost; stop += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    await expect(target, 'reached by Tab').toBeFocused();
  };

  await tabTo(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Connections' }));
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('tab', { name: 'Discover' }));
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('button', { name: `Set up ${type}` }));
  await page.keyboard.press('Enter');

  const pane = setUpPane(page);
  await expect(pane.getByRole('textbox', { name: 'Display name' })).toBeFocused();
  await page.keyboard.type('Lake by keyboard');
  await tabTo(pane.getByRole('button', { name: 'Fill in the sample lake' }));
  await page.keyboard.press('Enter');
  await expect(pane.getByRole('textbox', { name: 'Account name' })).toHaveValue('contosolake');
  await tabTo(pane.getByRole('button', { name: 'Verify', exact: true }));
  await page.keyboard.press('Enter');
  await expect(pane.getByText('Verified. Everything this connection needs works.')).toBeVisible();
  await tabTo(pane.getByRole('checkbox', { name: 'I agree' }));
  await page.keyboard.press('Space');
  await tabTo(pane.getByRole('button', { name: 'Save', exact: true }));
  await page.keyboard.press('Enter');
  await expect(pane).toHaveCount(0);
  await expect(page.getByRole('row', { name: 'Lake by keyboard' })).toContainText('Healthy');
});
