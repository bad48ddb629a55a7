import { expect, expectAccessible, signIn, test, tick } from '../fixtures.ts';

const type = 'Dynamics 365 audience insights';
const name = 'Contoso sample lake';

test('an admin connects what an audience insights environment wrote, and finds its entities', async ({
  page,
  environment,
}) => {
  await signIn(page, 'admin', `/e/${environment.id}/connections/discover`);
  await page.getByRole('button', { name: `Set up ${type}` }).click();
  const pane = page.getByRole('dialog', { name: `Set up ${type} connection` });

  await test.step('fills in the sample lake and sees what the check finds there', async () => {
    await pane.getByRole('button', { name: 'Fill in the sample lake' }).click();
    await expect(pane.getByRole('textbox', { name: 'Audience insights folder name' })).toHaveValue(
      /^customerinsights\/ci_/,
    );
    await pane.getByRole('button', { name: 'Verify', exact: true }).click();
    const steps = page.getByRole('list', { name: 'Verification steps' }).getByRole('listitem');
    await expect(pane.getByText('Verified. Everything this connection needs works.')).toBeVisible();
    await expect(steps.filter({ hasText: 'Passed' })).toHaveCount(11);
    await expect(steps.filter({ hasText: 'Find the customers' })).toContainText('birth date (BirthDate)');
    await expectAccessible(page);
  });

  await test.step('saves it', async () => {
    await tick(pane.getByRole('checkbox', { name: 'I agree' }));
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('row', { name })).toContainText('Healthy');
  });

  await test.step('finds the entities', async () => {
    await page.getByRole('row', { name }).getByRole('link', { name }).click();
    const entities = page.getByRole('dialog', { name }).getByRole('region', { name: 'Entities' });
    // A worker looks for new sources every few seconds.
    await expect(entities).toContainText('5 entities', { timeout: 30_000 });
    await expectAccessible(page);
  });
});
