import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { collectComplaints } from './complaints.ts';
import { demoPassword } from './demo-password.ts';
import { settle } from './settle.ts';

export { demoPassword } from './demo-password.ts';
export { shoot } from './shoot.ts';
export { expect, settle };

export type Role = 'admin' | 'contributor' | 'viewer';

/** The sample account of a role. */
export const emailOf = (role: Role) => `${role}@contoso.example`;

type Fixtures = {
  /** Fails a test whose pages complained (see collectComplaints); a flow that expects one takes it out of the list. */
  complaints: string[];
  /** Opens a browser of its own for somebody else, signed in, and watched like the test's own page. */
  openAs: (role: Role) => Promise<Page>;
};

/** Signs the page's browser in through the API, as quick as it gets, and opens the first page. Flows about signing in use the form. */
export const signIn = async (page: Page, role: Role): Promise<void> => {
  const answer = await page.request.post('/api/v1/session', { data: { email: emailOf(role), password: demoPassword } });
  expect(answer.status(), await answer.text()).toBe(201);
  await page.goto('/');
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

export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints = await collectComplaints(context);
      await use(complaints);
      expect(complaints, 'what the pages complained about').toEqual([]);
    },
    { auto: true },
  ],
  openAs: async ({ browser, contextOptions, baseURL, complaints }, use) => {
    const opened: { close(): Promise<void>; complaints: string[] }[] = [];
    await use(async (role) => {
      const context = await browser.newContext({ ...contextOptions, baseURL });
      opened.push({ close: () => context.close(), complaints: await collectComplaints(context) });
      const page = await context.newPage();
      await signIn(page, role);
      return page;
    });
    for (const one of opened) {
      complaints.push(...one.complaints);
      await one.close();
    }
  },
});
