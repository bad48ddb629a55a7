import { createGroupRole, type Environment, type Role } from '@junction/contracts';
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../fixtures.ts';
import { ask } from '../prepare.ts';

const providerName = 'Contoso ID';

const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' });

const homeOf = ({ id }: Environment) => `/e/${id}`;

/** What a group is called at the provider that has a role in an environment, and what admins call it. */
const groupOf = (role: Role, { id }: Environment) => `${role}-${id}`;
const nameOf = (role: Role, { name }: Environment) => `Group of each ${role} of ${name}`;

const mapGroups = async (request: APIRequestContext, environment: Environment): Promise<void> => {
  for (const role of ['admin', 'contributor', 'viewer'] as const) {
    await ask(request, createGroupRole, {
      params: { environmentId: environment.id },
      body: { value: groupOf(role, environment), name: nameOf(role, environment), role },
    });
  }
};

const chooseProvider = (page: Page) => page.getByRole('button', { name: `Sign in with ${providerName}` }).click();

/** On the page of the provider, which is not Junction's. */
const sayWhoItIs = async (page: Page, email: string): Promise<void> => {
  await expect(page.getByRole('heading', { name: `Sign in to ${providerName}` })).toBeVisible();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

/** The whole way from a page of Junction to the provider and back. */
const comeIn = async (page: Page, email: string, path: string): Promise<void> => {
  await page.goto(path);
  await chooseProvider(page);
  await sayWhoItIs(page, email);
  await expect(page).toHaveURL((url) => url.pathname === path && url.search === '');
};

/** Goes from page to page until the server knows the session no more, and the page says so. */
const untilSessionEnds = async (page: Page): Promise<void> => {
  const said = page.getByText('Your session ended.');
  await expect(async () => {
    for (const name of ['Exports', 'Home']) {
      if (await said.isVisible()) break;
      await navigation(page).getByRole('link', { name, exact: true }).click({ timeout: 1_000 });
    }
    await expect(said).toBeVisible({ timeout: 1_000 });
  }).toPass();
};

test('people come by an identity provider with the roles of their groups, and follow them', async ({
  adminApi,
  environment,
  identityProvider,
  openBrowser,
}) => {
  test.slow();
  await mapGroups(adminApi, environment);
  const maya = await identityProvider.person('Maya Brandt', [groupOf('admin', environment)]);
  const leo = await identityProvider.person('Leo Ortiz', ['everybody', groupOf('contributor', environment)]);
  const vera = await identityProvider.person('Vera Lind', [groupOf('viewer', environment)]);
  const [mayas, leos, veras] = [await openBrowser(), await openBrowser(), await openBrowser()];
  const home = homeOf(environment);

  await test.step('an admin, a contributor and a viewer sign in and see what they may', async () => {
    await comeIn(mayas, maya.email, home);
    await expect(navigation(mayas).getByRole('link', { name: 'Members' })).toBeVisible();

    await comeIn(leos, leo.email, home);
    await expect(leos.getByRole('heading', { name: 'You are a contributor here' })).toBeVisible();
    await expect(navigation(leos).getByRole('link', { name: 'Members' })).toHaveCount(0);

    await comeIn(veras, vera.email, home);
    await expect(veras.getByRole('heading', { name: 'You are a viewer here' })).toBeVisible();
    await expectAccessible(veras);
  });

  await test.step('the admin sees where their roles come from', async () => {
    await navigation(mayas).getByRole('link', { name: 'Members' }).click();
    const members = mayas.getByRole('grid', { name: 'Members' });
    await expect(members.getByRole('row', { name: leo.name })).toContainText(nameOf('contributor', environment));
    await mayas.getByRole('navigation', { name: 'Kinds of members' }).getByRole('link', { name: 'Groups' }).click();
    const group = mayas.getByRole('grid', { name: 'Groups' }).getByRole('row', { name: nameOf('viewer', environment) });
    await expect(group).toContainText(groupOf('viewer', environment));
    await expectAccessible(mayas);
  });

  await test.step('somebody who is moved to another group has its role without signing in again', async () => {
    await identityProvider.setGroups(vera, [groupOf('contributor', environment)]);
    await expect(async () => {
      await veras.reload();
      await expect(veras.getByRole('heading', { name: 'You are a contributor here' })).toBeVisible({ timeout: 2_000 });
    }).toPass();
  });

  await test.step('somebody who is in no group any more has no place in the environment', async () => {
    await identityProvider.setGroups(vera, ['everybody']);
    await expect(async () => {
      await veras.goto('/');
      await expect(veras.getByRole('heading', { name: 'You belong to no environment' })).toBeVisible({
        timeout: 2_000,
      });
    }).toPass();
    await expectAccessible(veras);
  });
});

test('signing out reaches the provider, and whoever it lets in no more is signed out here', async ({
  adminApi,
  environment,
  identityProvider,
  openBrowser,
}) => {
  test.slow();
  await mapGroups(adminApi, environment);
  const leo = await identityProvider.person('Leo Ortiz', [groupOf('contributor', environment)]);
  const vera = await identityProvider.person('Vera Lind', [groupOf('viewer', environment)]);
  const [leos, veras] = [await openBrowser(), await openBrowser()];
  await comeIn(leos, leo.email, homeOf(environment));
  await comeIn(veras, vera.email, homeOf(environment));

  await test.step('signing out goes to the provider and back, and it asks who it is the next time', async () => {
    await veras.getByRole('button', { name: `Account of ${vera.name}` }).click();
    await veras.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(veras.getByRole('heading', { name: `Sign out of ${providerName}` })).toBeVisible();
    await veras.getByRole('button', { name: 'Sign out' }).click();
    await expect(veras).toHaveURL((url) => url.pathname === '/sign-in');
    await expect(veras.getByRole('button', { name: `Sign in with ${providerName}` })).toBeVisible();
    await expectAccessible(veras);
    await chooseProvider(veras);
    await sayWhoItIs(veras, vera.email);
    await expect(veras.getByRole('button', { name: `Account of ${vera.name}` })).toBeVisible();
  });

  await test.step('whoever signs out at the provider is signed out here, and the page says so', async () => {
    await identityProvider.signOutEverywhere(vera);
    await untilSessionEnds(veras);
    await expectAccessible(veras);
  });

  await test.step('so is whoever is removed there, and does not come in again', async () => {
    await identityProvider.remove(leo);
    await untilSessionEnds(leos);
    await chooseProvider(leos);
    await sayWhoItIs(leos, leo.email);
    await expect(leos.getByRole('alert')).toHaveText(`${providerName} does not know ${leo.email}.`);
  });
});
