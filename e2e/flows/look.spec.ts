import type { Locator, Page } from '@playwright/test';
import { emailOf, expect, type Prepare, shoot, signIn, test, tick, wrongAccountKey } from '../fixtures.ts';
import type { LakeApp } from '../stand-ins/tenant-control.ts';
import { unreachableLake } from '../unreachable-lake.ts';

// The pictures of the README: JUNCTION_SHOTS=1 npx playwright test -c e2e/playwright.config.ts look

const wide = { width: 1440, height: 790 };
/** A pane with all of its steps in sight. */
const tall = { width: 1280, height: 860 };
/** A report with most of its charts. */
const report = { width: 1280, height: 1160 };
const phone = { width: 400, height: 800 };

const row = (page: Page, name: string) => page.getByRole('row', { name });

const shared = { sharing: { sharedWith: 'adminsAndContributors' as const, personIds: [] } };

/** What an admin center looks like after some weeks: most things work, some need somebody. */
const furnish = async (page: Page, prepare: Prepare, environmentId: string) => {
  const { accountName } = await prepare.sampleLake();
  await prepare.connection(environmentId, { name: 'Customer 360', ...shared });
  await prepare.connection(environmentId, {
    name: 'Loyalty program',
    ...shared,
    settings: { baseFolder: 'loyalty/members' },
  });
  await prepare.connection(environmentId, { name: 'Marketing audiences', type: 'azure-blob', ...shared });
  await prepare.connection(environmentId, { name: 'Fabrikam handover', secrets: { accountKey: wrongAccountKey } });
  await prepare.connection(environmentId, { name: 'Store analytics', settings: { container: 'stores-2026' } });
  await prepare.connection(environmentId, {
    name: 'Test bench',
    type: 'azure-blob',
    settings: { endpoint: `${unreachableLake}/${accountName}` },
  });
  await prepare.connection(environmentId, { name: 'Call center archive' });
  await page.goto(`/e/${environmentId}/connections`);
  await row(page, 'Call center archive').getByRole('button', { name: 'Actions for Call center archive' }).click();
  await page.getByRole('menuitem', { name: 'Pause checks' }).click();
  await expect(row(page, 'Call center archive')).toContainText('Paused');
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Dismiss message' }).click();
};

/** Fills in a service principal that has no role in the lake yet. */
const fillInPrincipal = async (pane: Locator, app: LakeApp): Promise<void> => {
  const fill = (label: string, value: string) =>
    pane.getByRole('textbox', { name: new RegExp(`^${label}( \\*)?$`) }).fill(value);
  await fill('Display name', 'Contoso lake');
  await fill('Account name', app.account);
  await fill('Container', app.container);
  await tick(pane.getByRole('radio', { name: 'Service principal (client secret)' }));
  await fill('Tenant', app.tenantId);
  await fill('Client ID', app.clientId);
  await fill('Client secret', app.secret);
  await pane.getByRole('button', { name: 'Advanced' }).click();
  await fill('Endpoint', app.endpoint);
  await fill('Authority', app.authority);
};

test('the product as its README shows it', async ({ page, prepare, openAs }) => {
  // Many pictures of one furnished environment.
  test.slow();
  const { id } = await prepare.environment('Northwind Traders');
  const list = `/e/${id}/connections`;
  await page.setViewportSize(wide);
  await signIn(page, 'admin', `/e/${id}`);
  await furnish(page, prepare, id);
  // Whenever the pictures are taken, everything in them happened some minutes ago.
  await page.clock.setFixedTime(Date.now() + 4 * 60_000);

  await test.step('connections of every status', async () => {
    await page.goto(`${list}?orderby=name`);
    for (const [name, status] of [
      ['Customer 360', 'Healthy'],
      ['Marketing audiences', 'Healthy'],
      ['Fabrikam handover', 'Action required'],
      ['Store analytics', 'There is no container "stores-2026" in contosolake.'],
      ['Test bench', 'Failing'],
      ['Call center archive', 'Paused'],
    ] as const) {
      await expect(row(page, name)).toContainText(status);
      await expect(row(page, name)).toContainText('4 minutes ago');
    }
    await shoot(page, 'connections');
  });

  await test.step('the same in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'dark');
    await page.emulateMedia({ colorScheme: null });
  });

  await test.step('the same on a phone', async () => {
    await page.setViewportSize(phone);
    await expect(page.getByRole('button', { name: 'Open menu' })).toBeVisible();
    await expect(row(page, 'Store analytics')).toContainText('Action required');
    await shoot(page, 'narrow');
    await page.setViewportSize(wide);
  });

  await test.step('what can be connected', async () => {
    await page.getByRole('tab', { name: 'Discover' }).click();
    await expect(page.getByRole('article', { name: 'Azure Data Lake Storage Gen2' })).toContainText('5 set up');
    await expect(page.getByRole('article', { name: 'Azure Blob Storage' })).toContainText('2 set up');
    await shoot(page, 'discover');
  });

  await page.setViewportSize(tall);
  const pane = page.getByRole('dialog', { name: 'Set up Azure Data Lake Storage Gen2 connection' });
  const steps = pane.getByRole('list', { name: 'Verification steps' }).getByRole('listitem');

  await test.step('verifying, step by step', async () => {
    await page.goto(`${list}/new/adls-gen2`);
    await pane.getByRole('button', { name: 'Fill in the sample lake' }).click();
    await pane.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(steps.filter({ hasText: 'Passed' })).toHaveCount(7);
    await tick(pane.getByRole('checkbox', { name: 'I agree' }));
    await expect(pane.getByRole('button', { name: 'Save', exact: true })).toBeEnabled();
    await shoot(page, 'verify');
  });

  await test.step('a step that fails says what to do', async () => {
    await pane.getByRole('textbox', { name: 'Container' }).fill('customer-exports');
    await pane.getByRole('button', { name: 'Verify again' }).click();
    const failed = steps.filter({ hasText: 'Failed' });
    await expect(failed).toContainText('az storage container create --account-name contosolake');
    await expect(failed.getByText('Code: ')).toBeInViewport({ ratio: 1 });
    await shoot(page, 'failed-check');
  });

  let run = '';
  await test.step('exports, those that work and those that wait for somebody', async () => {
    await page.setViewportSize(wide);
    await prepare.source(id, 'Unified customers');
    const [customers, loyalty, former, broken] = await Promise.all([
      prepare.connection(id, { name: 'Newsletter lake', ...shared }),
      prepare.connection(id, { name: 'Partner lake', type: 'azure-blob' }),
      prepare.connection(id, { name: 'Contoso lake' }),
      prepare.connection(id, { name: 'Fabrikam lake', secrets: { accountKey: wrongAccountKey } }),
    ]);
    const newsletter = await prepare.export(customers, 'Newsletter audience');
    await prepare.export(customers, 'High-value customers');
    const partners = await prepare.export(loyalty, 'Partner loyalty feed');
    const handover = await prepare.export(broken, 'Handover to Fabrikam');
    await prepare.export(former, 'Call center profiles');
    await prepare.remove(former);
    await prepare.run(partners);
    await prepare.run(handover);
    const { id: runId } = await prepare.run(newsletter);
    run = `/e/${id}/exports/${newsletter.id}/runs/${runId}`;
    await page.goto(`/e/${id}/exports`);
    await expect(row(page, 'Call center profiles')).toContainText('Connection removed');
    await shoot(page, 'exports');
    await page.setViewportSize(tall);
    await page.goto(`/e/${id}/exports/new/${customers.id}`);
    const setUp = page.getByRole('dialog', { name: 'Set up export' });
    await setUp.getByRole('textbox', { name: 'Display name' }).fill('Weekly customers');
    await tick(setUp.getByRole('checkbox', { name: 'Customer', exact: true }));
    await setUp.getByRole('heading', { name: 'Set up export' }).scrollIntoViewIfNeeded();
    await shoot(page, 'set-up-export');
  });

  await test.step('a run, and where its files are, as a contributor sees it', async () => {
    await prepare.member(id, { email: emailOf('contributor'), role: 'contributor' });
    const theirs = await openAs('contributor');
    await theirs.setViewportSize(tall);
    await theirs.goto(run);
    await expect(theirs.getByRole('list', { name: 'What happened' })).toContainText('Successful');
    await shoot(theirs, 'run');
  });

  await test.step('what needs somebody', async () => {
    await page.setViewportSize(wide);
    await page.goto(`/e/${id}/status`);
    await expect(page.getByRole('region', { name: /Needs somebody/ })).toContainText('Handover to Fabrikam');
    await shoot(page, 'status');
  });

  await test.step('who may see profiles', async () => {
    await page.setViewportSize(tall);
    await page.goto(`/e/${id}/connections/new/audience-insights/settings`);
    await page.getByRole('button', { name: 'Fill in the sample lake' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('combobox', { name: 'Add people' }).fill('chris');
    await page.getByRole('option', { name: /Chris Contributor/ }).click();
    await expect(page.getByRole('list', { name: 'People with access to profile data' })).toContainText('Chris');
    await shoot(page, 'profile-access');
  });

  await test.step('who the customers are', async () => {
    const { id: connectionId } = await prepare.profiles(id, 'Contoso customers');
    await page.setViewportSize(report);
    await page.goto(`/e/${id}/profiles/${connectionId}`);
    await expect(page.getByRole('button', { name: /^Germany/ })).toBeVisible();
    await shoot(page, 'profiles');
  });
});

test('who and what signs in, as the README shows it', async ({ page, prepare, tenant, openBrowser }) => {
  test.slow();
  const { id } = await prepare.environment('Northwind Traders');

  await test.step('people, with an identity provider or a password', async () => {
    const stranger = await openBrowser();
    await stranger.setViewportSize({ width: 1280, height: 760 });
    await stranger.goto('/sign-in');
    await expect(stranger.getByRole('button', { name: 'Sign in with Contoso ID' })).toBeEnabled();
    await shoot(stranger, 'sign-in');
  });

  await test.step('a service principal without a role', async () => {
    const app = await tenant.app();
    await page.setViewportSize({ width: 1280, height: 1120 });
    await signIn(page, 'admin', `/e/${id}/connections/new/adls-gen2`);
    const pane = page.getByRole('dialog', { name: 'Set up Azure Data Lake Storage Gen2 connection' });
    await fillInPrincipal(pane, app);
    await pane.getByRole('button', { name: 'Verify', exact: true }).click();
    const failed = pane
      .getByRole('list', { name: 'Verification steps' })
      .getByRole('listitem')
      .filter({ hasText: 'Failed' });
    await expect(failed).toContainText('Code: roleMissing');
    await failed.scrollIntoViewIfNeeded();
    await shoot(page, 'identity-check');
  });

  await test.step('a program, with a token of a service account', async () => {
    await page.setViewportSize(tall);
    await page.goto(`/e/${id}/members/service-accounts`);
    await page.getByRole('button', { name: 'Add service account' }).click();
    const adding = page.getByRole('dialog', { name: 'Add service account' });
    await adding.getByRole('textbox', { name: 'Name' }).fill('Nightly loads');
    await tick(adding.getByRole('radio', { name: /^Contributor/ }));
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('dialog', { name: 'Nightly loads' }).getByRole('button', { name: 'New token' }).click();
    const making = page.getByRole('dialog', { name: 'New token' });
    await making.getByRole('textbox', { name: 'Name' }).fill('Scheduler of the warehouse');
    await tick(making.getByRole('radio', { name: /^Run exports/ }));
    await shoot(page, 'tokens');
  });
});
