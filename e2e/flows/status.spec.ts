import { runExport } from '@junction/contracts';
import { emailOf, expect, expectAccessible, signIn, test, wrongAccountKey } from '../fixtures.ts';
import { ask } from '../prepare.ts';

test('the status page tells of a failure as it happens, and leads to where it is put right', async ({
  page,
  environment,
  prepare,
  adminApi,
}) => {
  const { id: environmentId } = environment;
  await prepare.source(environmentId, 'Customer lake');
  const works = await prepare.connection(environmentId, { name: 'Campaign lake' });
  const broken = await prepare.connection(environmentId, {
    name: 'Fabrikam handover',
    secrets: { accountKey: wrongAccountKey },
  });
  await prepare.export(works, 'Newsletter');
  const handover = await prepare.export(broken, 'Weekly handover');
  const group = (name: string | RegExp) => page.getByRole('region', { name });
  const standing = page.getByRole('status', { name: 'How it stands' });
  const tile = (name: RegExp) => page.getByRole('group', { name: 'Show one group' }).getByRole('button', { name });

  await test.step('it warns of what will fail', async () => {
    await signIn(page, 'admin', `/e/${environmentId}`);
    await page.getByRole('link', { name: /^1 needs somebody/ }).click();
    await expect(page).toHaveURL(`/e/${environmentId}/status`);
    await expect(standing).toContainText('1 needs somebody');
    await expect(group(/^Needs somebody/).getByRole('listitem')).toContainText('Fabrikam handover');
    const next = group(/^Next scheduled runs/).getByRole('listitem');
    await expect(next).toHaveCount(2);
    await expect(next.filter({ hasText: 'Weekly handover' })).toContainText('It will fail as things are');
    await expect(group(/^Failed or skipped/)).toContainText('Nothing failed since yesterday.');
    await expectAccessible(page);
  });

  await test.step('a failure appears by itself and leads to its run', async () => {
    await ask(adminApi, runExport, { params: { environmentId, exportId: handover.id } });
    await expect(standing).toContainText('2 need somebody');
    const failed = group(/^Failed or skipped since yesterday/).getByRole('listitem');
    await expect(failed).toContainText('The account key is not one of the two keys');
    await tile(/Failed or skipped/).press('Enter');
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Failed or skipped since yesterday (1)']);
    await failed.getByRole('link', { name: 'Show the run' }).click();
    const pane = page.getByRole('dialog', { name: 'Weekly handover' });
    await expect(pane).toContainText('Copy key1 or key2 again');
    await pane.getByRole('button', { name: 'Close' }).click();
    await expect(page).toHaveURL(`/e/${environmentId}/status?group=failed`);
    await expect(tile(/Failed or skipped/)).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('on a phone and in the dark', async () => {
    await tile(/Failed or skipped/).click();
    await page.setViewportSize({ width: 400, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(group(/^Needs somebody/).getByRole('listitem')).toHaveCount(2);
    const content = page.getByRole('main');
    expect(await content.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await expectAccessible(page);
  });
});

test('a viewer sees what somebody else has to do, and no places', async ({ page, environment, prepare, adminApi }) => {
  const { id: environmentId } = environment;
  await prepare.member(environmentId, { email: emailOf('viewer'), role: 'viewer' });
  await prepare.source(environmentId, 'Customer lake');
  const secrets = { accountKey: wrongAccountKey };
  const broken = await prepare.connection(environmentId, { name: 'Fabrikam handover', secrets });
  const handover = await prepare.export(broken, 'Weekly handover');
  await ask(adminApi, runExport, { params: { environmentId, exportId: handover.id } });
  await signIn(page, 'viewer', `/e/${environmentId}/status`);
  await expect(page.getByRole('status', { name: 'How it stands' })).toContainText(
    'Somebody else has to do something about it.',
  );
  const row = page.getByRole('region', { name: /^Needs somebody \(1\)/ }).getByRole('listitem');
  await expect(row).toContainText('Ask an admin of this environment.');
  await expect(page.getByRole('main')).not.toContainText('account key');
  await expectAccessible(page);
});
