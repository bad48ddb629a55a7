import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, signIn, test, tick } from '../fixtures.ts';
import type { LakeApp } from '../stand-ins/tenant-control.ts';

const type = 'Azure Data Lake Storage Gen2';
const name = 'Identities lake';

/** Ten checks, each with several requests to the tenant and the lake. */
const longFlowMs = 180_000;

const setUpPane = (page: Page) => page.getByRole('dialog', { name: `Set up ${type} connection` });
const row = (page: Page) => page.getByRole('row', { name });
const stepNamed = (page: Page, label: string) =>
  page
    .getByRole('list', { name: 'Verification steps' })
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`^${label}`) });

/** The field of this label, with or without the mark of one that is required. */
const field = (pane: Locator, label: string) => pane.getByRole('textbox', { name: new RegExp(`^${label}( \\*)?$`) });

const fill = (pane: Locator, label: string, value: string) => field(pane, label).fill(value);

/** Verifies what the form says now and waits until the check is over. */
const verify = async (page: Page): Promise<void> => {
  const pane = setUpPane(page);
  await pane.getByRole('button', { name: /^Verify( again)?$/ }).click();
  await expect(pane.getByRole('button', { name: 'Verify again' })).toBeEnabled();
};

/** By which code signing in fails, what is said of it, and what to do about it. */
const expectRefused = async (page: Page, code: string, ...texts: string[]): Promise<void> => {
  const step = stepNamed(page, 'Sign in');
  await expect(step).toContainText(/Failed · /);
  await expect(step).toContainText(`Code: ${code}`);
  for (const text of texts) await expect(step).toContainText(text);
};

const expectVerified = (page: Page) =>
  expect(setUpPane(page).getByText('Verified. Everything this connection needs works.')).toBeVisible();

const openPane = async (page: Page, environmentId: string): Promise<void> => {
  await signIn(page, 'admin', `/e/${environmentId}/connections`);
  await page.getByRole('tab', { name: 'Discover' }).click();
  await page
    .getByRole('article', { name: type })
    .getByRole('button', { name: `Set up ${type}` })
    .click();
};

const fillIn = async (page: Page, app: LakeApp): Promise<void> => {
  const pane = setUpPane(page);
  await fill(pane, 'Display name', name);
  await fill(pane, 'Account name', app.account);
  await fill(pane, 'Container', app.container);
  await tick(pane.getByRole('radio', { name: 'Service principal (client secret)' }));
  await fill(pane, 'Tenant', app.tenantId);
  await fill(pane, 'Client ID', app.clientId);
  await fill(pane, 'Client secret', app.secret);
  await pane.getByRole('button', { name: 'Advanced' }).click();
  await fill(pane, 'Endpoint', app.endpoint);
  await fill(pane, 'Authority', app.authority);
};

test('an admin sets a service principal up and is told each thing that is wrong with it', async ({
  page,
  environment,
  tenant,
}) => {
  test.setTimeout(longFlowMs);
  const app = await tenant.app();
  const pane = setUpPane(page);
  await openPane(page, environment.id);
  await fillIn(page, app);

  await test.step('a tenant that is not there', async () => {
    await fill(pane, 'Tenant', 'fabrikam.example.com');
    await verify(page);
    await expectRefused(
      page,
      'tenantUnknown',
      'knows no tenant "fabrikam.example.com" (AADSTS90002)',
      'Copy the Directory',
    );
    await expect(field(pane, 'Tenant')).toHaveAccessibleDescription(/no tenant/);
    await fill(pane, 'Tenant', app.tenantId);
  });

  await test.step('a client ID that is not in it', async () => {
    await fill(pane, 'Client ID', app.objectId);
    await verify(page);
    await expectRefused(
      page,
      'clientUnknown',
      '(AADSTS700016)',
      'not its object ID',
      `az ad sp show --id ${app.objectId}`,
    );
    await fill(pane, 'Client ID', app.clientId);
  });

  await test.step('a wrong secret', async () => {
    await fill(pane, 'Client secret', 'not-the-secret-of-this-application');
    await verify(page);
    await expectRefused(
      page,
      'clientSecretWrong',
      '(AADSTS7000215)',
      `az ad app credential reset --id ${app.clientId}`,
    );
    await expect(field(pane, 'Client secret')).toHaveAccessibleDescription(/is not one of its secrets/);
    await expectAccessible(page);
    await fill(pane, 'Client secret', app.secret);
  });

  await test.step('a secret that has expired', async () => {
    await tenant.expireSecret(app, true);
    await verify(page);
    await expectRefused(
      page,
      'clientSecretExpired',
      'The client secret has expired.',
      '(AADSTS7000222)',
      'Make a new secret',
    );
    await tenant.expireSecret(app, false);
  });

  await test.step('a Conditional Access policy', async () => {
    await tenant.blockByConditionalAccess(app, true);
    await verify(page);
    await expectRefused(page, 'conditionalAccess', 'is kept out by a Conditional Access policy', '(AADSTS53003)');
    await tenant.blockByConditionalAccess(app, false);
  });

  await test.step('no role, with the command that gives it one', async () => {
    await verify(page);
    const command = `az role assignment create --role "Storage Blob Data Contributor" --assignee-object-id ${app.objectId}`;
    await expectRefused(page, 'roleMissing', `has no role that lets it read data in ${app.container}.`, command);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await stepNamed(page, 'Sign in').getByRole('button', { name: 'Copy command' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(command);
    expect(copied).toContain(`/containers/${app.container}`);
    await expectAccessible(page);
  });

  await test.step('a role on another container', async () => {
    await tenant.assign(app, 'Storage Blob Data Contributor', app.otherContainer);
    await verify(page);
    await expectRefused(
      page,
      'roleElsewhere',
      `has the role "Storage Blob Data Contributor", but for the container ${app.otherContainer} of ${app.account}`,
      `its object ID is ${app.objectId}`,
    );
  });

  await test.step('a role that only reads', async () => {
    await tenant.assign(app, 'Storage Blob Data Reader', app.container);
    await verify(page);
    await expect(stepNamed(page, 'Sign in')).toContainText(/Passed · /);
    const write = stepNamed(page, 'Write and read a test file');
    await expect(write).toContainText(`has no role that lets it write in ${app.container}`);
    await expect(write).toContainText('Code: roleTooWeak');
  });

  await test.step('works on a narrow screen and in the dark', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  await test.step('with the role that it needs everything works, and it is saved', async () => {
    await tenant.assign(app, 'Storage Blob Data Contributor', app.container);
    await verify(page);
    await expectVerified(page);
    await expect(stepNamed(page, 'Sign in')).toContainText(/Passed · /);
    await tick(pane.getByRole('checkbox', { name: 'I agree' }));
    await expectAccessible(page);
    await pane.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(pane).toHaveCount(0);
    await expect(row(page)).toContainText('Healthy');
  });

  await test.step('its details say who signs in, and never the secret', async () => {
    await row(page).getByRole('link', { name }).click();
    const settings = page.getByRole('dialog', { name }).getByRole('region', { name: 'Settings' });
    await expect(settings).toContainText('Service principal (client secret)');
    await expect(settings).toContainText(app.clientId);
    await expect(settings).toContainText(/Client secret\s*Set on/);
    expect(await page.content()).not.toContain(app.secret);
    await expectAccessible(page);
  });
});

test('a certificate signs in when it is registered', async ({ page, environment, tenant }) => {
  const app = await tenant.app();
  await tenant.assign(app, 'Storage Blob Data Contributor', app.container);
  const pane = setUpPane(page);
  await openPane(page, environment.id);
  await fillIn(page, app);
  await tick(pane.getByRole('radio', { name: 'Service principal (certificate)' }));

  await fill(pane, 'Certificate and private key', app.otherCertificate);
  await verify(page);
  await expectRefused(
    page,
    'clientCertificateNotRegistered',
    'does not have this certificate (AADSTS700027)',
    'az ad app credential reset',
  );
  await expectAccessible(page);

  await fill(pane, 'Certificate and private key', app.certificate);
  await verify(page);
  await expectVerified(page);
});

test('exports go through the door that a role opens, until it is taken away', async ({
  page,
  environment,
  prepare,
  tenant,
}) => {
  test.setTimeout(longFlowMs);
  const app = await tenant.app();
  await tenant.assign(app, 'Storage Blob Data Contributor', app.container);
  await prepare.source(environment.id, 'Contoso customers');
  const pane = setUpPane(page);
  await openPane(page, environment.id);
  await fillIn(page, app);
  await tick(pane.getByRole('checkbox', { name: 'I agree' }));
  await pane.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(pane).toHaveCount(0);
  await row(page).getByRole('link', { name }).click();
  await expect(page.getByRole('dialog', { name }).getByRole('region', { name: 'Settings' })).toBeVisible();
  const id = /connections\/([^/?]+)/.exec(page.url())?.[1] ?? '';

  const connection = { environmentId: environment.id, id };
  const made = await prepare.export(connection, 'Customers by identity');
  expect(await prepare.run(made)).toMatchObject({ state: 'successful' });

  await tenant.takeRoles(app);
  expect(await prepare.run(made)).toMatchObject({ state: 'failed' });
});
