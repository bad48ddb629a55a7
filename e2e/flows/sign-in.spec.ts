import { demoPassword, emailOf, expect, expectAccessible, signIn, test } from '../fixtures.ts';

test.describe('signing in', () => {
  test('the sign-in page offers the sample accounts and lets one in', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await page.getByRole('button', { name: emailOf('admin') }).click();
    await expect(page.getByLabel('E-mail')).toHaveValue(emailOf('admin'));
    await expectAccessible(page);

    await page.getByLabel('Password', { exact: true }).fill(demoPassword);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page).not.toHaveURL(/sign-in/);
    await expect(page.getByRole('banner')).toBeVisible();
  });

  test('a wrong password is refused without telling whether the account exists', async ({ page }) => {
    const refusalFor = async (email: string) => {
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('this is not the password');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      const refusal = page.getByRole('alert').filter({ hasText: /\S/ });
      await expect(refusal).toBeVisible();
      await expectAccessible(page);
      return refusal.innerText();
    };
    expect(await refusalFor(emailOf('admin'))).toBe(await refusalFor('nobody@contoso.example'));
  });

  test('the page that was asked for comes after signing in', async ({ page }) => {
    await page.goto('/account');
    await expect(page).toHaveURL(/\/sign-in\?return=/);
    await page.getByLabel('E-mail').fill(emailOf('viewer'));
    await page.getByLabel('Password', { exact: true }).fill(demoPassword);
    await page.getByLabel('Password', { exact: true }).press('Enter');
    await expect(page).toHaveURL(/\/account$/);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });

  test('somebody else is signed in in a browser of their own', async ({ page, openAs }) => {
    await signIn(page, 'viewer');
    const admin = await openAs('admin');
    await expect(admin.getByRole('link', { name: 'Members' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Members' })).toBeHidden();
  });
});
