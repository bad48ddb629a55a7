import type { Page } from '@playwright/test';
import { emailOf, expect, expectAccessible, signIn, test, tick } from '../fixtures.ts';
import { unreachableLake } from '../unreachable-lake.ts';

const paused = (page: Page) => page.getByRole('region', { name: 'All runs are paused' });

test('all runs are paused and resumed by an admin, and everybody sees it', async ({
  page,
  environment,
  prepare,
  openAs,
}) => {
  await prepare.member(environment.id, { email: emailOf('viewer'), role: 'viewer' });
  await signIn(page, 'admin', `/e/${environment.id}/settings`);

  await test.step('an admin pauses them, after reading what that means', async () => {
    await page.getByRole('button', { name: 'Pause all runs …' }).click();
    const dialog = page.getByRole('alertdialog', { name: `Pause all runs of ${environment.name}?` });
    await expect(dialog).toContainText('passed over, not made up for');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Pause all runs' }).click();
    await expect(paused(page)).toContainText('by Ada Admin');
    await expectAccessible(page);
  });

  await test.step('a viewer sees whom to ask', async () => {
    const viewer = await openAs('viewer');
    await viewer.goto(`/e/${environment.id}/exports`);
    await expect(paused(viewer)).toContainText('until an admin resumes it. The owner is Ada Admin.');
    await expect(paused(viewer).getByRole('button')).toHaveCount(0);
    await expectAccessible(viewer);
  });

  await test.step('an admin resumes them where it is said', async () => {
    await page.goto(`/e/${environment.id}`);
    await expect(paused(page)).toBeVisible();
    await expectAccessible(page);
    await paused(page).getByRole('button', { name: 'Resume' }).click();
    await expect(paused(page)).toHaveCount(0);
    await page.goto(`/e/${environment.id}/exports`);
    await expect(page.getByRole('heading', { level: 1, name: 'Exports' })).toBeVisible();
    await expect(paused(page)).toHaveCount(0);
  });
});

test('an admin sets up where notices go, tests it, moves it and deletes it', async ({ page, environment }) => {
  const chat = page.getByRole('listitem', { name: 'Operations chat' });
  await signIn(page, 'admin', `/e/${environment.id}/settings`);

  await test.step('sets up a webhook, with a secret made here', async () => {
    await page.getByRole('button', { name: 'Add webhook' }).click();
    const pane = page.getByRole('dialog', { name: 'Add notice webhook' });
    await pane.getByRole('textbox', { name: 'Name' }).fill('Operations chat');
    await pane.getByRole('textbox', { name: 'URL' }).fill(`${unreachableLake}/notices`);
    await tick(pane.getByRole('checkbox', { name: 'An export began to fail' }));
    await pane.getByRole('button', { name: 'Generate one' }).click();
    await expectAccessible(page);
    await pane.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(chat).toContainText('SignedYes');
  });

  await test.step('a test that does not arrive says why and what to do', async () => {
    await chat.getByRole('button', { name: 'Send a test' }).click();
    await expect(chat).toContainText('Did not arrive');
    await expect(page.getByText('The test did not arrive at Operations chat.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Dismiss message' }).last().click();
  });

  await test.step('another URL needs the secret again, or none', async () => {
    await chat.getByRole('button', { name: 'Edit' }).click();
    const pane = page.getByRole('dialog', { name: 'Operations chat' });
    await pane.getByRole('textbox', { name: 'URL' }).fill(`${unreachableLake}/elsewhere`);
    await expect(pane.getByRole('textbox', { name: 'Signing secret' })).toBeVisible();
    await expectAccessible(page);
    await pane.getByRole('button', { name: 'Stop signing' }).click();
    await pane.getByRole('button', { name: 'Save' }).click();
    await expect(chat).toContainText('SignedNo');
    await expect(chat).toContainText('None yet');
  });

  await test.step('deletes it', async () => {
    await chat.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete Operations chat?' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(chat).toHaveCount(0);
  });
});
