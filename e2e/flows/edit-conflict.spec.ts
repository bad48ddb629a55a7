import type { Page } from '@playwright/test';
import { expect, expectAccessible, signIn, test, tick } from '../fixtures.ts';

/** Lets somebody new in by their one-time link. */
const comeIn = async (page: Page, link: string, name: string) => {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill('a few words in a row');
  await page.getByRole('button', { name: 'Create account and sign in' }).click();
  await expect(page).not.toHaveURL(/welcome/);
};

test('two admins edit one connection at once, and nothing that either did is lost', async ({
  page,
  environment,
  prepare,
  openBrowser,
}) => {
  const connection = await prepare.connection(environment.id, { name: 'Shared lake' });
  const { oneTimeLink } = await prepare.member(environment.id, {
    email: `bo-${environment.id}@contoso.example`,
    role: 'admin',
  });
  const edit = `/e/${environment.id}/connections/${connection.id}/edit`;
  const bo = await openBrowser();

  await test.step('both open it', async () => {
    await comeIn(bo, oneTimeLink?.url ?? '', 'Bo Andersson');
    await bo.goto(edit);
    await signIn(page, 'admin', edit);
    for (const one of [page, bo])
      await expect(one.getByRole('textbox', { name: 'Display name' })).toHaveValue('Shared lake');
  });

  await test.step('the first saves a name and a folder', async () => {
    const pane = page.getByRole('dialog', { name: 'Edit Shared lake' });
    await pane.getByRole('textbox', { name: 'Display name' }).fill('Lake of the first');
    await pane.getByRole('textbox', { name: 'Base folder' }).fill('first/folder');
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(pane).toHaveCount(0);
    await expect(page.getByRole('row', { name: 'Lake of the first' })).toContainText('Healthy');
  });

  const merge = bo.getByRole('dialog', { name: 'Shared lake was changed meanwhile' });
  const inField = (name: string) => merge.getByRole('group', { name });

  await test.step('the second saves another name and who can use it, and is shown both versions', async () => {
    const pane = bo.getByRole('dialog', { name: 'Edit Shared lake' });
    await pane.getByRole('textbox', { name: 'Display name' }).fill('Lake of the second');
    await tick(pane.getByRole('radio', { name: 'Administrators and contributors' }));
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(merge).toBeAttached();
    await expect(inField('Display name')).toContainText('You both changed this.');
    await expect(inField('Who can use this connection')).toContainText('Only you changed this.');
    await expect(inField('Base folder')).toContainText('Only somebody else changed this.');
    await expectAccessible(bo);
  });

  await test.step('what only one changed is chosen already, what both changed is asked', async () => {
    await expect(
      inField('Who can use this connection').getByRole('radio', {
        name: 'Your version: Administrators and contributors',
      }),
    ).toBeChecked();
    await expect(inField('Base folder').getByRole('radio', { name: 'Saved version: first/folder' })).toBeChecked();
    const save = merge.getByRole('button', { name: 'Save', exact: true });
    await expect(save).toBeDisabled();
    await expect(save).toHaveAccessibleDescription('Choose a version of “Display name”.');
  });

  await test.step('the way back to the form keeps what was typed', async () => {
    await merge.getByRole('button', { name: 'Back to the form' }).click();
    const pane = bo.getByRole('dialog', { name: 'Edit Shared lake' });
    await expect(pane.getByRole('textbox', { name: 'Display name' })).toHaveValue('Lake of the second');
    await expect(pane.getByRole('radio', { name: 'Administrators and contributors' })).toBeChecked();
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(merge).toBeAttached();
  });

  await test.step('the second chooses, and both changes are kept', async () => {
    await tick(inField('Display name').getByRole('radio', { name: 'Your version: Lake of the second' }));
    await merge.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(merge).toHaveCount(0);
    await expect(bo.getByRole('row', { name: 'Lake of the second' })).toContainText('Healthy');
    expect(await prepare.read(connection)).toMatchObject({
      name: 'Lake of the second',
      sharing: { sharedWith: 'adminsAndContributors', people: [] },
      settings: { baseFolder: 'first/folder', container: 'exports' },
      status: 'healthy',
    });
  });
});
