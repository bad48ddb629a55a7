import type { APIRequestContext } from '@playwright/test';
import { emailOf, expect, expectAccessible, signIn, test } from '../fixtures.ts';

const statusOf = async (request: APIRequestContext, path: string) => (await request.get(`/api/v1${path}`)).status();

for (const role of ['contributor', 'viewer'] as const) {
  test(`a ${role} finds what is theirs and no way to what is for admins`, async ({ page, environment, prepare }) => {
    await prepare.member(environment.id, { email: emailOf(role), role });
    await signIn(page, role, `/e/${environment.id}`);
    await expect(page.getByRole('heading', { name: `You are a ${role} here` })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
      'Home',
      'Status',
      'Exports',
    ]);
    await expectAccessible(page);

    for (const place of ['connections', 'connections/discover', 'members', 'activity', 'settings']) {
      await test.step(`/${place} is not for them`, async () => {
        await page.goto(`/e/${environment.id}/${place}`);
        await expect(page.getByRole('heading', { level: 1, name: 'No access' })).toBeVisible();
        await expect(page.getByRole('heading', { name: 'Your role does not open this page' })).toBeVisible();
      });
    }
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Go to home' }).click();
    await expect(page.getByRole('heading', { name: `You are a ${role} here` })).toBeVisible();

    for (const place of ['connections', 'connection-summary', 'members', 'activity']) {
      expect(await statusOf(page.request, `/environments/${environment.id}/${place}`), place).toBe(403);
    }
  });
}

test('an environment of others is not there at all', async ({ page, environment, prepare }) => {
  const connection = await prepare.connection(environment.id, { name: 'Not for everybody' });
  await signIn(page, 'viewer');
  for (const place of ['', '/connections', `/connections/${connection.id}`, '/members', '/activity', '/settings']) {
    await test.step(`/e/…${place}`, async () => {
      await page.goto(`/e/${environment.id}${place}`);
      await expect(page.getByRole('heading', { name: 'There is nothing here, or not for you' })).toBeVisible();
    });
  }
  for (const place of ['', '/connections', `/connections/${connection.id}`, '/members', '/activity']) {
    expect(await statusOf(page.request, `/environments/${environment.id}${place}`), place).toBe(404);
  }
});
