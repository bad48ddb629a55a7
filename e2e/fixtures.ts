import { randomBytes } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import type { Environment } from '@junction/contracts';
import {
  type APIRequestContext,
  type BrowserContext,
  test as base,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { collectComplaints } from './complaints.ts';
import { demoPassword } from './demo-password.ts';
import { type Prepare, prepareAs } from './prepare.ts';
import { settle } from './settle.ts';
import { controlProvider, type ProviderControl } from './stand-ins/provider-control.ts';
import { controlTenant, type TenantControl } from './stand-ins/tenant-control.ts';

export { forgive } from './complaints.ts';
export { demoPassword } from './demo-password.ts';
export { type Prepare, wrongAccountKey } from './prepare.ts';
export { shoot } from './shoot.ts';
export { expect, settle };

export type Role = 'admin' | 'contributor' | 'viewer';

/** The sample account of a role. */
export const emailOf = (role: Role) => `${role}@contoso.example`;

type Fixtures = {
  /** Fails a test whose pages complained (see collectComplaints); a flow that expects one takes it out of the list. */
  complaints: string[];
  /** Opens a browser of its own for somebody who is not signed in, watched like the test's own page. */
  openBrowser: () => Promise<Page>;
  /** The same for the sample account of a role, signed in. */
  openAs: (role: Role) => Promise<Page>;
  /** Makes what a flow finds when it begins. */
  prepare: Prepare;
  /** An environment of the test's own, whose owner and only member is the sample admin. */
  environment: Environment;
};

type WorkerFixtures = {
  /** The API as the sample admin, with a session of its own. */
  adminApi: APIRequestContext;
  /** The identity provider that one can sign in with, seen by who manages it. */
  identityProvider: ProviderControl;
  /** The tenant whose identities open the storage account beside it, seen by who runs both. */
  tenant: TenantControl;
};

/** Begins a session through the API. */
const beginSession = async (request: APIRequestContext, role: Role): Promise<void> => {
  const answer = await request.post('/api/v1/session', { data: { email: emailOf(role), password: demoPassword } });
  expect(answer.status(), await answer.text()).toBe(201);
};

/** Signs the page's browser in through the API, as quick as it gets, and opens the first page. Flows about signing in use the form. */
export const signIn = async (page: Page, role: Role, path = '/'): Promise<void> => {
  await beginSession(page.request, role);
  await page.goto(path);
  await expect(page).not.toHaveURL(/sign-in/);
};

/** Expects that axe finds nothing at all on the page as it is now; the message names rule and element. */
export const expectAccessible = async (page: Page): Promise<void> => {
  await settle(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id} (${help}): ${target.join(' ')} ${html}`),
    ),
  ).toEqual([]);
};

/** Ticks a check box or chooses a radio button. Fluent lays its own drawing over the input, which is what a click then hits. */
export const tick = (box: Locator): Promise<void> => box.check({ force: true });

export const test = base.extend<Fixtures, WorkerFixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      await collectComplaints(context, complaints);
      await use(complaints);
      expect(complaints, 'what the pages complained about').toEqual([]);
    },
    { auto: true },
  ],
  openBrowser: async ({ browser, contextOptions, baseURL, complaints }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL });
      await collectComplaints(context, complaints);
      opened.push(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
  openAs: async ({ openBrowser }, use) => {
    await use(async (role) => {
      const page = await openBrowser();
      await signIn(page, role);
      return page;
    });
  },
  adminApi: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: process.env.JUNCTION_URL });
      await beginSession(request, 'admin');
      await use(request);
      await request.dispose();
    },
    { scope: 'worker' },
  ],
  identityProvider: [
    async ({ playwright: _ }, use) => {
      const { JUNCTION_PROVIDER_DOOR: door = '', JUNCTION_URL: publicUrl = '' } = process.env;
      await use(await controlProvider(door, publicUrl));
    },
    { scope: 'worker' },
  ],
  tenant: [
    async ({ playwright: _ }, use) => {
      await use(controlTenant(process.env.JUNCTION_TENANT_DOOR ?? ''));
    },
    { scope: 'worker' },
  ],
  prepare: async ({ adminApi }, use) => use(prepareAs(adminApi)),
  environment: async ({ prepare }, use) => {
    // Names need not be unique, but a person who searches for one wants to find it.
    await use(await prepare.environment(`Adatum ${randomBytes(3).toString('hex')}`));
  },
});
