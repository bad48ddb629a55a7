import type { Page } from '@playwright/test';
import { emailOf, expect, expectAccessible, signIn, test, tick } from '../fixtures.ts';

const password = 'a few words in a row';

const members = (page: Page) => page.getByRole('grid', { name: 'Members' });
const row = (page: Page, name: string) => members(page).getByRole('row', { name });
const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });

const chooseInRow = async (page: Page, name: string, action: string) => {
  await row(page, name)
    .getByRole('button', { name: `Actions for ${name}` })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
};

/** The one-time link as the pane shows it. */
const passOn = async (page: Page): Promise<string> => {
  const pane = page.getByRole('dialog', { name: 'Pass this link on' });
  const link = await pane.getByRole('textbox', { name: 'One-time link' }).inputValue();
  await expectAccessible(page);
  await pane.getByRole('button', { name: 'Done' }).click();
  await expect(pane).toHaveCount(0);
  return link;
};

test('somebody new comes in by a one-time link, gets another role, and goes', async ({
  page,
  environment,
  openBrowser,
}) => {
  const newcomer = `nina-${environment.id}`;
  const name = 'Nina Newcomer';
  const nina = await openBrowser();
  let link = '';

  await test.step('an admin adds them and gets a link to pass on', async () => {
    await signIn(page, 'admin', `/e/${environment.id}/members`);
    await page.getByRole('menuitem', { name: 'Add member' }).click();
    const pane = page.getByRole('dialog', { name: 'Add member' });
    await pane.getByRole('textbox', { name: 'E-mail' }).fill('nina');
    await pane.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(pane.getByRole('alert')).toHaveText('Enter an e-mail address such as name@contoso.com.');
    await pane.getByRole('textbox', { name: 'E-mail' }).fill(`${newcomer}@contoso.example`);
    await tick(pane.getByRole('radio', { name: 'Contributor' }));
    await pane.getByRole('button', { name: 'Add', exact: true }).click();
    link = await passOn(page);
    await expect(row(page, newcomer)).toContainText('Link not used yet');
  });

  await test.step('they set a password and are signed in with that role', async () => {
    await nina.goto(link);
    await expect(nina.getByRole('heading', { name: 'Welcome to Junction' })).toBeVisible();
    expect(new URL(nina.url()).hash, 'the token does not stay in the address').toBe('');
    await expectAccessible(nina);
    await nina.getByLabel('Your name').fill(name);
    await nina.getByLabel('Password', { exact: true }).fill(password);
    await nina.getByRole('button', { name: 'Create account and sign in' }).click();
    await expect(nina.getByRole('heading', { level: 1, name: environment.name })).toBeVisible();
    await expect(nina.getByRole('heading', { name: 'You are a contributor here' })).toBeVisible();
  });

  await test.step('the link does not work twice', async () => {
    const again = await openBrowser();
    await again.goto(link);
    await expect(again.getByRole('heading', { name: 'The link does not work' })).toBeVisible();
    await expectAccessible(again);
  });

  await test.step('as an admin they open what admins open, from the next request on', async () => {
    await page.reload();
    await row(page, name).getByRole('link', { name }).click();
    const pane = page.getByRole('dialog', { name });
    await tick(pane.getByRole('radio', { name: /^Admin/ }));
    await pane.getByRole('button', { name: 'Save' }).click();
    await expect(messages(page)).toContainText(`${name} is now admin.`);
    await nina.reload();
    await navigation(nina).getByRole('link', { name: 'Members' }).click();
    await expect(row(nina, name)).toContainText('Admin');
  });

  await test.step('as a viewer they no longer do, although the page is open', async () => {
    await row(page, name).getByRole('link', { name }).click();
    const pane = page.getByRole('dialog', { name });
    await tick(pane.getByRole('radio', { name: 'Viewer' }));
    await pane.getByRole('button', { name: 'Save' }).click();
    await expect(messages(page)).toContainText(`${name} is now viewer.`);
    await nina.getByRole('menuitem', { name: 'Refresh' }).click();
    await expect(nina.getByRole('heading', { name: 'Your role does not open this page' })).toBeVisible();
  });

  await test.step('removed, they find nothing', async () => {
    await chooseInRow(page, name, 'Remove');
    const dialog = page.getByRole('alertdialog', { name: `Remove ${name}?` });
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(row(page, name)).toBeHidden();
    await nina.goto(`/e/${environment.id}`);
    await expect(nina.getByRole('heading', { name: 'There is nothing here, or not for you' })).toBeVisible();
  });
});

test('an environment keeps its owner and an admin, and says why', async ({ page, environment, prepare }) => {
  const address = `/e/${environment.id}/members/${environment.owner.id}`;
  await signIn(page, 'admin', `/e/${environment.id}/members`);

  await test.step('the owner cannot be removed from the list', async () => {
    await row(page, 'Ada Admin').getByRole('button', { name: 'Actions for Ada Admin' }).click();
    const remove = page.getByRole('menuitem', { name: 'Remove' });
    await expect(remove).toBeDisabled();
    await expect(remove).toHaveAttribute('title', 'Hand the environment to another admin first, under Settings.');
    await page.keyboard.press('Escape');
  });

  await test.step('nor be given a lesser role', async () => {
    await page.goto(address);
    const pane = page.getByRole('dialog', { name: 'Ada Admin' });
    await expect(pane.getByRole('radio', { name: 'Viewer' })).toBeDisabled();
    await expect(pane).toContainText('The owner is always an admin.');
  });

  const removeMyself = async (refusal: string) => {
    await page.goto(`${address}/remove`);
    const dialog = page.getByRole('alertdialog', { name: 'Remove yourself?' });
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(dialog).toContainText(refusal);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(row(page, 'Ada Admin')).toContainText('Admin, owner');
  };
  await test.step('the last admin cannot go', () =>
    removeMyself('Make somebody else an admin first; an environment needs at least one.'));
  await test.step('the owner cannot go while others could', async () => {
    await prepare.member(environment.id, { email: emailOf('contributor'), role: 'admin' });
    await removeMyself('Hand the environment to another admin first; its owner stays an admin.');
  });
});

test('a member who forgot the password gets in by a link', async ({ page, environment, prepare, openBrowser }) => {
  const email = `fay-${environment.id}@contoso.example`;
  const { oneTimeLink } = await prepare.member(environment.id, { email, name: 'Fay Forgetful', role: 'viewer' });
  const fay = await openBrowser();
  await fay.goto(oneTimeLink?.url ?? '');
  await fay.getByLabel('Password', { exact: true }).fill('what was it again');
  await fay.getByRole('button', { name: 'Create account and sign in' }).click();
  await expect(fay.getByRole('heading', { level: 1, name: environment.name })).toBeVisible();

  await signIn(page, 'admin', `/e/${environment.id}/members`);
  await chooseInRow(page, 'Fay Forgetful', 'Reset password');
  const pane = page.getByRole('dialog', { name: 'Reset the password of Fay Forgetful' });
  await pane.getByRole('button', { name: 'Make one-time link' }).click();
  const link = await passOn(page);

  const elsewhere = await openBrowser();
  await elsewhere.goto(link);
  await expect(elsewhere.getByRole('heading', { name: 'Set a new password' })).toBeVisible();
  await elsewhere.getByLabel('New password', { exact: true }).fill(password);
  await elsewhere.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(elsewhere.getByRole('heading', { level: 1, name: environment.name })).toBeVisible();

  await test.step('the session that began with the old password has ended', async () => {
    await fay.reload();
    await expect(fay).toHaveURL(/\/sign-in/);
    await fay.getByLabel('E-mail').fill(email);
    await fay.getByLabel('Password', { exact: true }).fill(password);
    await fay.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(fay.getByRole('heading', { level: 1, name: environment.name })).toBeVisible();
  });
});
