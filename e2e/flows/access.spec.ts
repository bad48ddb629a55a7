import {
  createGroupRole,
  createMyToken,
  createServiceAccount,
  createServiceAccountToken,
  type NewApiToken,
} from '@junction/contracts';
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, settle, signIn, test, tick, wrongAccountKey } from '../fixtures.ts';
import { ask } from '../prepare.ts';

const wide = { width: 1280, height: 720 };
const narrowWidths = [400, 320];

/**
 * What scrolls sideways: the document, or anything inside that is about as wide as it, such as the content or a pane. A table of somebody's
 * data may do so in a place of its own that the keyboard reaches.
 */
const sidewaysScrollers = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    return [document.documentElement, ...[...document.body.querySelectorAll('*')].filter(scrolls)]
      .filter((element) => !element.matches('section[tabindex="0"]'))
      .filter(({ clientWidth }) => clientWidth > innerWidth / 2)
      .filter(({ clientWidth, scrollWidth }) => scrollWidth > clientWidth)
      .map(({ tagName, className, scrollWidth }) => `${tagName}.${className}: ${scrollWidth} of ${innerWidth} px`);
  });

/** By how much the document is longer than the window: pages scroll inside their frame. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollHeight - innerHeight);

/** Shows the page as it is in both color schemes and in narrow windows, where nobody may have to scroll sideways. */
const expectOpenToAll = async (page: Page) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  for (const width of narrowWidths) {
    await page.setViewportSize({ ...wide, width });
    await settle(page);
    // What measures itself needs a moment after the window has changed.
    await expect.poll(() => sidewaysScrollers(page), { message: `${width} px` }).toEqual([]);
  }
  await page.setViewportSize(wide);
  await expect.poll(() => overhang(page), { message: 'px below the window' }).toBeLessThanOrEqual(0);
  await page.emulateMedia({ colorScheme: null });
};

type Place = [name: string, open: (page: Page) => Promise<unknown>, sign: (page: Page) => Locator];

const visit = async (page: Page, places: readonly Place[]) => {
  // Many pages in one test, because signing in and furnishing takes longer than looking at one.
  test.slow();
  for (const [name, open, sign] of places) {
    await test.step(name, async () => {
      await open(page);
      await expect(sign(page)).toBeAttached();
      await expectOpenToAll(page);
    });
  }
};

const at = (path: string) => (page: Page) => page.goto(path);
const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { level: 1, name });
const dialog = (name: string) => (page: Page) => page.getByRole('dialog', { name, exact: true });
const question = (name: string) => (page: Page) => page.getByRole('alertdialog', { name });
const press = (name: string) => (page: Page) => page.getByRole('button', { name }).click();

test.describe('everybody can use', () => {
  test('the pages before signing in', ({ page }) =>
    visit(page, [
      ['signing in', at('/sign-in'), heading('Sign in')],
      ['a one-time link that is cut off', at('/welcome'), heading('The link is not complete')],
      ['a one-time link that nobody made', at(`/welcome#${'A'.repeat(43)}`), heading('The link does not work')],
      ['a return from nowhere', at('/sign-in/callback'), heading('Nothing to complete here')],
      [
        'a return that is not valid',
        at('/sign-in/callback?code=made-up&state=made-up'),
        heading('The sign-in is no longer valid'),
      ],
    ]));

  test('the page of who belongs to no environment', async ({ page, identityProvider }) => {
    const nobody = await identityProvider.person('Nora Nowhere', []);
    await page.goto('/sign-in');
    await press('Sign in with Contoso ID')(page);
    await page.getByLabel('E-mail address').fill(nobody.email);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'You belong to no environment' })).toBeVisible();
    await visit(page, [
      ['no environment', at('/'), (one) => one.getByRole('heading', { name: 'You belong to no environment' })],
      ['an account that is connected', at('/account'), (one) => one.getByText('Connected to Contoso ID as')],
    ]);
  });

  test('the Connections pages', async ({ page, environment, prepare }) => {
    const list = `/e/${environment.id}/connections`;
    await prepare.connection(environment.id, {
      name: 'Healthy lake',
      sharing: { sharedWith: 'adminsAndContributors', personIds: [] },
    });
    const broken = await prepare.connection(environment.id, {
      name: 'Broken lake',
      settings: { container: 'nobody-made-this' },
    });
    await signIn(page, 'admin', list);
    const brokenRow = page.getByRole('row', { name: 'Broken lake' });
    await visit(page, [
      ['the list', at(list), () => brokenRow],
      [
        'why a connection needs action',
        () => brokenRow.getByRole('button', { name: /There is no container/ }).click(),
        dialog('Broken lake: Action required'),
      ],
      ['Discover', at(`${list}/discover`), (one) => one.getByRole('article', { name: 'Azure Blob Storage' })],
      [
        'details',
        at(`${list}/${broken.id}`),
        (one) => dialog('Broken lake')(one).getByRole('region', { name: 'Consent' }),
      ],
      ['editing', at(`${list}/${broken.id}/edit`), dialog('Edit Broken lake')],
      ['removing', at(`${list}/${broken.id}/remove`), question('Remove Broken lake?')],
      [
        'setting up, with a check that failed',
        async () => {
          await page.goto(`${list}/new/adls-gen2`);
          await press('Fill in the sample lake')(page);
          await page.getByRole('textbox', { name: 'Account key' }).fill(wrongAccountKey);
          await page.getByRole('button', { name: 'Verify', exact: true }).click();
        },
        (one) => one.getByText('Code: accountKeyWrong'),
      ],
    ]);
  });

  test('the form of identities, and what a check of one finds', async ({ page, environment, tenant }) => {
    const app = await tenant.app();
    const form = `/e/${environment.id}/connections/new/adls-gen2`;
    const choose = (name: string) => async (one: Page) => {
      await one.goto(form);
      await tick(one.getByRole('radio', { name }));
    };
    const field = (label: string) => page.getByRole('textbox', { name: new RegExp(`^${label}( \\*)?$`) });
    await signIn(page, 'admin', `/e/${environment.id}/connections`);
    await visit(page, [
      [
        'a service principal with a secret',
        choose('Service principal (client secret)'),
        (one) => one.getByLabel('Secret expires on'),
      ],
      [
        'a service principal with a certificate',
        choose('Service principal (certificate)'),
        () => field('Certificate and private key'),
      ],
      [
        'the identity of the server',
        choose("The server's own identity"),
        (one) => one.getByRole('radio', { name: "The server's own identity", checked: true }),
      ],
      [
        'a role that is missing, with the command that gives it',
        async (one) => {
          await choose('Service principal (client secret)')(one);
          await press('Advanced')(one);
          const values = {
            'Display name': 'Identities lake',
            'Account name': app.account,
            Container: app.container,
            Tenant: app.tenantId,
            'Client ID': app.clientId,
            'Client secret': app.secret,
            Endpoint: app.endpoint,
            Authority: app.authority,
          };
          for (const [label, value] of Object.entries(values)) await field(label).fill(value);
          await one.getByRole('button', { name: 'Verify', exact: true }).click();
        },
        (one) => one.getByText('Code: roleMissing'),
      ],
    ]);
  });

  test('the Exports pages', async ({ page, environment, prepare }) => {
    const home = `/e/${environment.id}`;
    await prepare.source(environment.id, 'Customer lake');
    const lake = await prepare.connection(environment.id, { name: 'Campaign lake' });
    const lost = await prepare.connection(environment.id, { name: 'Lost lake' });
    const live = await prepare.export(lake, 'Daily customers');
    const inactive = await prepare.export(lost, 'Former customers');
    await prepare.remove(lost);
    await signIn(page, 'admin', `${home}/exports`);
    await visit(page, [
      ['the list', at(`${home}/exports`), (one) => one.getByRole('row', { name: 'Former customers' })],
      [
        'setting up, with columns, a filter and a schedule',
        async () => {
          await page.goto(`${home}/exports/new/${lake.id}`);
          const pane = dialog('Set up export')(page);
          await pane.getByRole('checkbox', { name: 'Customer', exact: true }).check({ force: true });
          const chosen = pane.getByRole('list', { name: 'Chosen entities' });
          await chosen.getByRole('button', { name: /^Customer / }).click();
          await chosen.getByRole('button', { name: 'Add filter to Customer' }).click();
          await pane.getByRole('switch', { name: 'Run on a schedule' }).click();
        },
        (one) => one.getByRole('region', { name: 'Schedule' }).getByText('Next three runs'),
      ],
      ['why one is inactive', at(`${home}/exports/${inactive.id}`), dialog('Former customers')],
      ['editing', at(`${home}/exports/${live.id}/edit`), dialog('Edit Daily customers')],
      ['connecting', at(`${home}/exports/connect?ids=${inactive.id}`), (one) => one.getByRole('dialog')],
      ['scheduling', at(`${home}/exports/schedule?ids=${live.id},${inactive.id}`), (one) => one.getByRole('dialog')],
      ['sharing connections', at(`${home}/connections/share?ids=${lake.id}`), (one) => one.getByRole('dialog')],
      ['removed connections', at(`${home}/connections/removed`), (one) => one.getByRole('row', { name: 'Lost lake' })],
    ]);
  });

  test('the pages about profiles', async ({ page, environment, prepare }) => {
    const list = `/e/${environment.id}/connections`;
    const customers = await prepare.profiles(environment.id, 'Customers');
    const report = `/e/${environment.id}/profiles/${customers.id}`;
    await signIn(page, 'admin', report);
    await visit(page, [
      ['the report', at(report), (one) => one.getByRole('button', { name: /^Germany/ })],
      [
        'the report of some people, as tables',
        async () => {
          await page.goto(`${report}?country=DE&gender=female`);
          for (const chart of ['Gender', 'Age', 'Cities in Germany'])
            await page.getByRole('button', { name: `Show ${chart} as a table` }).click();
        },
        (one) => one.getByRole('table').first(),
      ],
      [
        'how profiles are imported and who sees them',
        at(`${list}/${customers.id}`),
        (one) => one.getByRole('region', { name: 'Access to profile data' }),
      ],
      ['adding people', at(`${list}/${customers.id}/profile-access/add`), dialog('Add people')],
      ['removing', at(`${list}/${customers.id}/remove`), question('Remove Customers?')],
      [
        'setting up',
        async () => {
          await page.goto(`${list}/new/audience-insights/settings`);
          await press('Fill in the sample lake')(page);
          await page.getByRole('button', { name: 'Verify', exact: true }).click();
        },
        (one) => one.getByRole('combobox', { name: 'Birth date' }),
      ],
      ['who will have access', press('Next'), (one) => one.getByRole('combobox', { name: 'Add people' })],
      ['the review', press('Next'), (one) => one.getByRole('button', { name: 'Done' })],
      ['a draft', at(list), (one) => one.getByRole('button', { name: /^Resume/ })],
    ]);
  });

  test('the pages about runs', async ({ page, environment, prepare }) => {
    const home = `/e/${environment.id}`;
    await prepare.source(environment.id, 'Customer lake');
    const lake = await prepare.connection(environment.id, { name: 'Campaign lake' });
    const broken = await prepare.connection(environment.id, {
      name: 'Broken lake',
      secrets: { accountKey: wrongAccountKey },
    });
    const good = await prepare.export(lake, 'Daily customers');
    const bad = await prepare.export(broken, 'Lost customers');
    const [goodRun, badRun] = [await prepare.run(good), await prepare.run(bad)];
    const { entityId = '' } = good.entities[0] ?? {};
    await signIn(page, 'admin', `${home}/status`);
    await visit(page, [
      [
        'the status of the environment',
        at(`${home}/status`),
        (one) => one.getByText(/is not one of the two keys/).first(),
      ],
      ['a run that succeeded', at(`${home}/exports/${good.id}/runs/${goodRun.id}`), dialog('Daily customers')],
      ['a run that failed', at(`${home}/exports/${bad.id}/runs/${badRun.id}`), dialog('Lost customers')],
      ['a preview', at(`${home}/exports/${good.id}/preview/${entityId}`), (one) => one.getByRole('table')],
      ['notices', at(`${home}?notices`), (one) => one.getByRole('list', { name: 'Notices' })],
      ['pausing', at(`${home}/settings/pause`), question(`Pause all runs of ${environment.name}?`)],
      ['a webhook for notices', at(`${home}/settings/webhooks/new`), (one) => one.getByRole('dialog')],
    ]);
  });

  test('the pages about people', async ({ page, environment, prepare }) => {
    const members = `/e/${environment.id}/members`;
    const { id } = await prepare.member(environment.id, {
      email: `somebody-with-a-long-address-${environment.id}@contoso.example`,
      name: 'Sam Somebody',
      role: 'contributor',
    });
    await signIn(page, 'admin', members);
    await visit(page, [
      ['members', at(members), (one) => one.getByRole('row', { name: 'Sam Somebody' })],
      ['adding a member', at(`${members}/new`), dialog('Add member')],
      ['a member', at(`${members}/${id}`), dialog('Sam Somebody')],
      ['resetting a password', at(`${members}/${id}/reset-password`), dialog('Reset the password of Sam Somebody')],
      ['the one-time link', press('Make one-time link'), dialog('Pass this link on')],
      ['removing a member', at(`${members}/${id}/remove`), question('Remove Sam Somebody?')],
      ['activity', at(`/e/${environment.id}/activity`), (one) => one.getByRole('row', { name: /Ada Admin/ }).first()],
      [
        'an entry of the activity',
        () =>
          page
            .getByRole('row', { name: /Ada Admin/ })
            .first()
            .getByRole('button')
            .first()
            .click(),
        (one) => one.getByRole('dialog'),
      ],
      ['one’s own account', at('/account'), (one) => one.getByRole('row', { name: /Chrom/ }).first()],
    ]);
  });

  test('the pages about groups and service accounts', async ({ page, environment, adminApi }) => {
    const params = { environmentId: environment.id };
    const members = `/e/${environment.id}/members`;
    const accounts = `${members}/service-accounts`;
    const group = await ask(adminApi, createGroupRole, {
      params,
      body: { value: `6d0f8a52-1111-4222-8333-${environment.id}`, name: 'Data team', role: 'contributor' },
    });
    const account = await ask(adminApi, createServiceAccount, {
      params,
      body: { name: 'Reporting of the finance department in Munich', role: 'viewer' },
    });
    await signIn(page, 'admin', members);
    await visit(page, [
      ['groups', at(`${members}/groups`), (one) => one.getByRole('row', { name: 'Data team' })],
      ['adding a group', at(`${members}/groups/new`), dialog('Add group')],
      ['a group', at(`${members}/groups/${group.id}`), dialog('Data team')],
      ['removing a group', at(`${members}/groups/${group.id}/remove`), question('Remove Data team?')],
      ['service accounts', at(accounts), (one) => one.getByRole('row', { name: account.name })],
      [
        'adding one of another environment',
        async () => {
          await page.goto(`${accounts}/new`);
          await tick(page.getByRole('radio', { name: 'One of another environment' }));
        },
        (one) => one.getByRole('combobox', { name: 'Environment' }),
      ],
      ['a service account', at(`${accounts}/${account.id}`), (one) => one.getByRole('heading', { name: 'No tokens' })],
      ['editing a service account', at(`${accounts}/${account.id}/edit`), dialog(account.name)],
      ['removing a service account', at(`${accounts}/${account.id}/remove`), question(`Remove ${account.name}?`)],
    ]);
  });

  test('the pages about tokens', async ({ page, environment, adminApi }) => {
    const params = { environmentId: environment.id };
    const account = await ask(adminApi, createServiceAccount, {
      params,
      body: { name: 'Nightly loads', role: 'contributor' },
    });
    const address = `/e/${environment.id}/members/service-accounts/${account.id}`;
    const newToken = (name: string): NewApiToken => ({ name, expiresInDays: 5, scope: ['export:list', 'run:list'] });
    const ofAccount = { ...params, serviceAccountId: account.id };
    const token = await ask(adminApi, createServiceAccountToken, { params: ofAccount, body: newToken('Loader') });
    const own = await ask(adminApi, createMyToken, { body: newToken(`Own ${environment.name}`) });
    await signIn(page, 'admin', address);
    await visit(page, [
      ['the tokens of a service account', at(address), (one) => one.getByRole('row', { name: 'Loader' })],
      ['one of them', at(`${address}/tokens/${token.id}`), dialog('Loader')],
      [
        'a new token for it, with actions to choose',
        async () => {
          await page.goto(`${address}/tokens/new`);
          await tick(page.getByRole('radio', { name: 'Only what I choose' }));
        },
        (one) => one.getByRole('group', { name: 'Actions of the token' }),
      ],
      ['tokens of one’s own', at('/account'), (one) => one.getByRole('row', { name: own.name })],
      ['one of one’s own', at(`/account/tokens/${own.id}`), dialog(own.name)],
      ['revoking it', at(`/account/tokens/${own.id}/revoke`), question(`Revoke ${own.name}?`)],
      [
        'what was done with them',
        async () => {
          await page.goto(`/e/${environment.id}/activity`);
          await page
            .getByRole('row', { name: /Made an API token/ })
            .getByRole('button')
            .first()
            .click();
        },
        dialog('Made an API token'),
      ],
    ]);
  });

  test('home, environments and what lies around the pages', async ({ page, environment }) => {
    const home = `/e/${environment.id}`;
    await signIn(page, 'admin', home);
    await visit(page, [
      ['home', at(home), heading(environment.name)],
      ['the switcher', press(`Environment: ${environment.name}`), dialog('Environments')],
      ['environments', at('/environments'), (one) => one.getByRole('grid', { name: 'Environments' })],
      ['a new environment', at('/environments/new'), dialog('New environment')],
      ['settings', at(`${home}/settings`), heading('Settings')],
      ['deleting an environment', at(`${home}/settings/delete`), question(`Delete ${environment.name}?`)],
      ['an address that leads nowhere', at(`${home}/nowhere`), heading('Not found')],
      ['the shortcuts', press('Keyboard shortcuts'), dialog('Keyboard shortcuts')],
    ]);
  });
});

test.describe('by keyboard', () => {
  test('the focus returns to where it was', async ({ page, environment, prepare }) => {
    await prepare.connection(environment.id, { name: 'Lake in focus' });
    await signIn(page, 'admin', `/e/${environment.id}/connections`);
    const row = page.getByRole('row', { name: 'Lake in focus' });

    await test.step('after a pane', async () => {
      const link = row.getByRole('link', { name: 'Lake in focus' });
      await link.press('Enter');
      await expect(dialog('Lake in focus')(page)).toBeAttached();
      await page.keyboard.press('Escape');
      await expect(dialog('Lake in focus')(page)).toHaveCount(0);
      await expect(link).toBeFocused();
    });
    await test.step('after a dialog', async () => {
      const more = row.getByRole('button', { name: 'Actions for Lake in focus' });
      await more.press('Enter');
      // A menu focuses its first item a moment after it has opened.
      await expect(page.getByRole('menu').getByRole('menuitem').first()).toBeFocused();
      await page.getByRole('menuitem', { name: 'Remove' }).press('Enter');
      await expect(question('Remove Lake in focus?')(page).getByRole('button', { name: 'Cancel' })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(question('Remove Lake in focus?')(page)).toHaveCount(0);
      await expect(more).toBeFocused();
    });
    await test.step('after a callout', async () => {
      const switcher = page.getByRole('button', { name: `Environment: ${environment.name}` });
      await switcher.press('Enter');
      await expect(dialog('Environments')(page)).toBeAttached();
      await page.keyboard.press('Escape');
      await expect(switcher).toBeFocused();
    });
    await test.step('and stays inside an open pane', async () => {
      await row.getByRole('link', { name: 'Lake in focus' }).press('Enter');
      const pane = dialog('Lake in focus')(page);
      await expect(pane.getByRole('region', { name: 'Activity' })).toBeVisible();
      await expect(pane.getByRole('button', { name: 'Close', exact: true })).toBeFocused();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await expect(pane.getByRole('button', { name: 'Close', exact: true })).toBeFocused();
    });
  });

  test('shortcuts work, and ? lists them', async ({ page, environment }) => {
    await signIn(page, 'admin', `/e/${environment.id}`);
    await expect(heading(environment.name)(page)).toBeVisible();
    await page.keyboard.press('?');
    const list = dialog('Keyboard shortcuts')(page);
    await expect(list).toContainText('Go to Connections');
    await page.keyboard.press('Escape');
    await expect(list).toHaveCount(0);
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await expect(heading('Members')(page)).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: 'Search members' })).toBeFocused();
    await page.keyboard.type('g c ?');
    await expect(heading('Members')(page)).toBeVisible();
    await expect(list).toHaveCount(0);
  });
});

test('who asked for less motion sees none', async ({ page, environment }) => {
  await signIn(page, 'admin', `/e/${environment.id}/connections/discover`);
  await press('Set up Azure Blob Storage')(page);
  await expect(dialog('Set up Azure Blob Storage connection')(page)).toBeAttached();
  /** Shorter than one frame. */
  const unseenMs = 10;
  const seen = await page.evaluate(
    (limit) =>
      document
        .getAnimations()
        .map(({ effect }) => effect?.getComputedTiming())
        .filter((timing) => timing !== undefined && Number(timing.duration) > limit).length,
    unseenMs,
  );
  expect(seen).toBe(0);
});

test('forced colors keep borders and states', async ({ page, environment, prepare }, testInfo) => {
  await prepare.connection(environment.id, { name: 'Lake in high contrast' });
  await signIn(page, 'admin', `/e/${environment.id}/connections`);
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await expect(page.getByRole('row', { name: 'Lake in high contrast' })).toContainText('Healthy');
  await expectAccessible(page);
  await testInfo.attach('list', { body: await page.screenshot(), contentType: 'image/png' });
  await page.goto(`/e/${environment.id}/connections/new/adls-gen2`);
  const pane = dialog('Set up Azure Data Lake Storage Gen2 connection')(page);
  for (const control of [
    pane.getByRole('button', { name: 'Cancel' }),
    pane.getByRole('button', { name: 'Save', exact: true }),
    pane.getByRole('button', { name: 'Verify', exact: true }),
  ]) {
    await expect(control).toHaveCSS('border-top-style', 'solid');
    await expect(control).not.toHaveCSS('border-top-width', '0px');
  }
  await expectAccessible(page);
  await testInfo.attach('pane', { body: await page.screenshot(), contentType: 'image/png' });
});
