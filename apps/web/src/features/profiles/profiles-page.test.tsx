import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, test, vi } from 'vitest';
import { anId } from '../../testing/fixtures.ts';
import { refuse } from '../../testing/mock-api.ts';
import { aReport, barsOf, lake, refOf } from './testing/reports.ts';
import { base, environmentId, showProfiles } from './testing/show-profiles.ts';

const chart = (name: string) => screen.findByRole('group', { name });
const bar = (name: RegExp) => screen.getByRole('button', { name });
const number = () => screen.findByRole('status', { name: 'How many profiles' });
const entry = () => screen.queryByRole('link', { name: 'Profiles' });
const card = (name: string) => within(screen.getByRole('region', { name }));

const textOf = (blob: Blob | undefined) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsText(blob ?? new Blob());
  });

describe('the entry in the navigation', () => {
  it.each(contract.roles)('is there for a %s who was given access, and leads to the first report', async (role) => {
    const { user, address } = showProfiles({}, { role, path: 'account-less' });
    await screen.findByRole('heading', { name: 'Not found' });
    // With the page, not after it.
    expect(entry()).toBeVisible();
    await user.click(entry() as HTMLElement);
    expect(await screen.findByRole('heading', { level: 1, name: 'Contoso customers' })).toBeVisible();
    expect(address()).toBe(base);
  });

  it.each(contract.roles)('is not there for a %s who was given none, nor is the page', async (role) => {
    showProfiles({}, { role, reports: [] });
    expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
    expect(entry()).toBeNull();
  });

  it('is missing without reports, and its address is the ordinary one that leads nowhere', async () => {
    const { api } = showProfiles({}, { path: 'profiles', reports: [] });
    expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
    expect(api.asked(contract.getProfileReport)).toHaveLength(0);
  });

  it('is missing while the reports cannot be read, which keeps nobody from other pages', async () => {
    const { api, router, queryClient } = showProfiles({}, { path: 'nothing' });
    await screen.findByRole('heading', { name: 'Not found' });
    api.on(contract.listProfileReports, () => refuse('internal'));
    queryClient.removeQueries({ queryKey: ['GET /environments/:environmentId/profile-reports'] });
    await router.navigate('/account/nothing');
    await router.navigate(`/e/${environmentId}/nothing`);
    expect(await screen.findByRole('link', { name: 'Home' })).toBeVisible();
    await waitFor(() => expect(entry()).toBeNull());
  });
});

describe('the head', () => {
  it('tells how many profiles there are, how that changed, and how old it is', async () => {
    showProfiles();
    expect(await number()).toHaveTextContent(/^20,000 profiles$/);
    expect(screen.getByText('+1,234 (+6.6%) since the previous import')).toBeVisible();
    expect(screen.getByText(/20 November 2026|November 20, 2026/)).toBeVisible();
    expect(screen.getByRole('heading', { level: 1, name: 'Contoso customers' })).toBeVisible();
  });

  it('says that the last import failed, why, and that this is the last good report', async () => {
    const problem = { code: 'x', message: 'The key is refused.', remedy: 'Enter another one.', isTransient: false };
    showProfiles({ failedSince: { at: '2026-11-22T08:00:00Z', problem } });
    expect(
      await screen.findByText(/The last import failed .*The key is refused\. Enter another one\. .*last good report/),
    ).toBeVisible();
  });

  it('says that the first import is under way, without asking for the report, and shows it by itself', async () => {
    const pending = { connection: lake, profiles: null, dataAsOf: null, importedAt: null, hasFailed: false };
    const { api, turnTo, queryClient } = showProfiles({}, { reports: [pending] });
    expect(await screen.findByText('The first import is under way')).toBeVisible();
    expect(api.asked(contract.getProfileReport)).toHaveLength(0);
    turnTo({});
    await queryClient.invalidateQueries();
    expect(await number()).toHaveTextContent('20,000 profiles');
  });

  it('says that the first import failed, and to whom that is told', async () => {
    const failed = { connection: lake, profiles: null, dataAsOf: null, importedAt: null, hasFailed: true };
    showProfiles({}, { reports: [failed] });
    expect(await screen.findByText('The first import failed')).toBeVisible();
  });

  it('reads a report again when the list tells of a newer one', async () => {
    const { turnTo, queryClient } = showProfiles();
    await number();
    turnTo({ profiles: 21_000, importedAt: '2026-11-22T06:00:00Z' });
    await queryClient.invalidateQueries({ queryKey: ['GET /environments/:environmentId/profile-reports'] });
    await waitFor(async () => expect(await number()).toHaveTextContent('21,000 profiles'));
  });

  it('chooses among the reports of several connections, in the address, without their filters', async () => {
    const other = { id: anId(), name: 'Northwind lake' };
    const reports = [refOf(aReport()), refOf(aReport({ connection: other }))];
    const { user, address, filters } = showProfiles({}, { reports, path: `profiles/${lake.id}?gender=male` });
    await number();
    await user.click(screen.getByRole('combobox', { name: /Report of/ }));
    await user.click(screen.getByRole('option', { name: 'Northwind lake' }));
    await waitFor(() => expect(address()).toBe(`/e/${environmentId}/profiles/${other.id}`));
    await waitFor(() => expect(filters()).toEqual([{ gender: 'male' }, {}]));
  });

  it('offers no choice where there is one report', async () => {
    showProfiles();
    await number();
    expect(screen.queryByRole('combobox')).toBeNull();
  });
});

describe('filters', () => {
  it('are set by a click, in the address and in what is asked; a second click takes them away', async () => {
    const { user, address, filters } = showProfiles();
    await chart('Gender');
    await user.click(bar(/^Female, 10,234 people, 51%, filter$/));
    expect(address()).toBe(`${base}?gender=female`);
    await waitFor(async () => expect(await number()).toHaveTextContent('1,234 of 20,000 profiles'));
    expect(screen.getByText('6.2% of all')).toBeVisible();
    expect(bar(/^Female/)).toHaveAttribute('aria-pressed', 'true');
    expect(bar(/^Male/)).toHaveAttribute('aria-pressed', 'false');
    await user.click(bar(/^Female/));
    expect(address()).toBe(base);
    expect(await number()).toHaveTextContent(/^20,000 profiles$/);
    expect(filters()).toEqual([{}, { gender: 'female' }]);
  });

  it('are set with the keyboard: one stop in each chart, arrows between its bars', async () => {
    const { user, address } = showProfiles();
    const gender = await chart('Gender');
    const stops = within(gender)
      .getAllByRole('button')
      .filter((mark) => mark.getAttribute('tabindex') === '0');
    expect(stops).toHaveLength(1);
    stops[0]?.focus();
    expect(bar(/^Female/)).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(bar(/^Male/)).toHaveFocus();
    await user.keyboard('{End}');
    expect(within(gender).getByRole('button', { name: /^Unknown/ })).toHaveFocus();
    await user.keyboard('{Home}{ArrowRight}{Enter}');
    expect(address()).toBe(`${base}?gender=male`);
    await user.keyboard(' ');
    expect(address()).toBe(base);
  });

  it('add up, are taken away one by one or all at once, and Back brings them again', async () => {
    const { user, address, router } = showProfiles();
    await chart('Gender');
    await user.click(bar(/^Female/));
    await user.click(bar(/^30–39/));
    expect(address()).toBe(`${base}?gender=female&age=30`);
    await user.click(screen.getByRole('button', { name: 'Remove filter Gender: Female' }));
    expect(address()).toBe(`${base}?age=30`);
    expect(await number()).toHaveFocus();
    await router.navigate(-1);
    await waitFor(() => expect(address()).toBe(`${base}?gender=female&age=30`));
    await user.click(screen.getByRole('button', { name: 'Clear all' }));
    expect(address()).toBe(base);
    expect(screen.queryByRole('group', { name: 'Filters' })).toBeNull();
  });

  it('lead from a country to its cities', async () => {
    const { user, address } = showProfiles(
      {},
      {
        answer: (report, { country }) =>
          country === 'DE'
            ? { ...report, charts: { ...report.charts, city: barsOf({ Berlin: 812, Köln: 402 }) } }
            : report,
      },
    );
    await chart('Countries and regions');
    expect(screen.getByText('Choose a country in the list or on the map to see its cities.')).toBeVisible();
    await user.click(bar(/^Germany/));
    await user.click(within(await chart('Cities in Germany')).getByRole('button', { name: /^Berlin/ }));
    expect(address()).toBe(`${base}?country=DE&city=Berlin`);
    await user.click(bar(/^Germany/));
    expect(address()).toBe(base);
  });

  it('are set on the map, too, whose shapes are for pointers only', async () => {
    const { user, address, container } = showProfiles();
    // The country with the most people is the strongest one.
    const germany = await waitFor(() => {
      const shape = container.querySelector('path[fill-opacity="1"]');
      expect(shape).not.toBeNull();
      return shape as Element;
    });
    expect(germany.closest('[aria-hidden="true"]')).not.toBeNull();
    await user.click(germany);
    expect(address()).toBe(`${base}?country=DE`);
    expect(bar(/^Germany/)).toHaveAttribute('aria-pressed', 'true');
    await user.click(germany);
    expect(address()).toBe(base);
  });

  it('keep the old answer, dimmed, until the new one is there', async () => {
    let answerNow: () => void = () => undefined;
    const { user, api } = showProfiles();
    await chart('Gender');
    api.on(contract.getProfileReport, async () => {
      await new Promise<void>((resolve) => {
        answerNow = resolve;
      });
      return aReport({ matching: 77 });
    });
    await user.click(bar(/^Female/));
    expect(screen.getByRole('group', { name: 'Gender' }).closest('[aria-busy="true"]')).not.toBeNull();
    expect(bar(/^Male, 8,512 people/)).toBeVisible();
    answerNow();
    await waitFor(async () => expect(await number()).toHaveTextContent('77 of 20,000'));
    expect(screen.getByRole('group', { name: 'Gender' }).closest('[aria-busy="true"]')).toBeNull();
  });

  it('take the medians away, without a word', async () => {
    const { age } = aReport().charts;
    const withoutMedian = age && { ...age, median: null };
    const { user } = showProfiles(
      {},
      {
        answer: (report, filter) =>
          filter.gender ? { ...report, charts: { ...report.charts, age: withoutMedian } } : report,
      },
    );
    expect(await screen.findByText('Median 43 years · 5.4% unknown')).toBeVisible();
    expect(screen.getByText('Median 48,200 · 16% unknown')).toBeVisible();
    await user.click(bar(/^Female/));
    expect(await card('Age').findByText('5.4% unknown')).toBeVisible();
  });

  it('that the server does not take can be cleared', async () => {
    const { user, address, api, router } = showProfiles();
    api.on(contract.getProfileReport, ({ query }) =>
      query.age === 'soon' ? refuse('invalidInput', { detail: 'There is no such age.' }) : aReport(),
    );
    await chart('Gender');
    await router.navigate(`${base}?age=soon`);
    expect(await screen.findByText('There is no such age.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear all' }));
    expect(address()).toBe(base);
    expect(await number()).toHaveTextContent(/^20,000 profiles$/);
  });
});

describe('what is hidden', () => {
  const hidden = 'hidden (fewer than 5 people, or another group could be worked out)';

  it('has no number and cannot be chosen; why is said below the chart', async () => {
    showProfiles();
    const gender = await chart('Gender');
    expect(within(gender).getByRole('img', { name: `Other, ${hidden}` })).toBeInTheDocument();
    expect(gender).toHaveTextContent(/^Female10,23451%Male8,51243%OtherhiddenUnknown1,2546.3%$/);
    expect(card('Gender').getByText(hidden)).toBeVisible();
    expect(card('Income').queryByText(hidden)).toBeNull();
  });

  it('is told apart from nobody', async () => {
    showProfiles();
    expect(within(await chart('Age')).getByRole('img', { name: '100+, 0 people, 0%' })).toBeInTheDocument();
    expect(within(await chart('Age')).getByRole('img', { name: `90–99, ${hidden}` })).toBeInTheDocument();
  });

  it('may be everything', async () => {
    const charts = { ...aReport().charts, gender: barsOf({ female: null }), age: null, country: null, income: null };
    showProfiles({ profiles: 1, matching: 1, previousProfiles: null, charts, completeness: [] });
    expect(await screen.findByText(/so few people that every group is hidden: a group needs at least 5/)).toBeVisible();
    expect(await number()).toHaveTextContent(/^1 profile$/);
    expect(screen.getByText('The first import.')).toBeVisible();
  });
});

test('no profiles are told of in a sentence, without charts', async () => {
  showProfiles({
    profiles: 0,
    matching: 0,
    charts: { gender: null, age: null, country: null, city: null, income: null },
  });
  expect(await screen.findByText('There are no profiles')).toBeVisible();
  expect(await number()).toHaveTextContent('0 profiles');
  expect(screen.queryByRole('group')).toBeNull();
});

describe('a table', () => {
  it('has what the chart shows, stands in the address, and filters, too', async () => {
    const { user, address } = showProfiles();
    await chart('Gender');
    await user.click(screen.getByRole('button', { name: 'Show Gender as a table' }));
    expect(address()).toBe(`${base}?tables=gender`);
    const table = screen.getByRole('table', { name: 'Gender' });
    const cells = within(table)
      .getAllByRole('row')
      .map((row) => Array.from(row.children, (cell) => cell.textContent));
    expect(cells).toEqual([
      ['Gender', 'People', 'Share'],
      ['Female', '10,234', '51%'],
      ['Male', '8,512', '43%'],
      ['Other', 'Hidden', ''],
      ['Unknown', '1,254', '6.3%'],
    ]);
    await user.click(within(table).getByRole('button', { name: 'Male, filter' }));
    expect(address()).toBe(`${base}?tables=gender&gender=male`);
    await user.click(screen.getByRole('button', { name: 'Show Gender as a table' }));
    expect(await chart('Gender')).toBeInTheDocument();
  });

  it('can be downloaded as it is, with what it is about in each row', async () => {
    const made: Blob[] = [];
    const names: string[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => `blob:${made.push(blob)}`,
        revokeObjectURL: () => undefined,
      }),
    );
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    const { user } = showProfiles({}, { path: `profiles/${lake.id}?age=30` });
    await chart('Gender');
    await user.click(screen.getByRole('button', { name: 'Download Gender' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Table (CSV)' }));
    expect(names).toEqual(['contoso-customers-gender-2026-11-20.csv']);
    const about = 'Age: 30–39,2026-11-20T04:10:00Z';
    expect(await textOf(made[0])).toBe(
      [
        'Gender,People,Share,Hidden,Filtered by,Data as of',
        `Female,10234,0.5117,no,${about}`,
        `Male,8512,0.4256,no,${about}`,
        `Other,,,yes,${about}`,
        `Unknown,1254,0.0627,no,${about}`,
        '',
      ].join('\r\n'),
    );
    vi.restoreAllMocks();
  });
});

describe('access that is taken away', () => {
  const lost = () => screen.findByText('You no longer have access to these profiles');
  const isForgotten = (client: ReturnType<typeof showProfiles>['queryClient']) =>
    client.getQueryCache().findAll({ queryKey: ['GET /environments/:environmentId/profile-reports/:connectionId'] })
      .length === 0;

  it('is said at the next filter; nothing that was read stays, the entry goes, and there is a way out', async () => {
    const { user, takeAway, queryClient, router } = showProfiles();
    await chart('Gender');
    takeAway();
    await user.click(bar(/^Female/));
    expect(await lost()).toBeVisible();
    expect(screen.queryByText(/10,234/)).toBeNull();
    await waitFor(() => expect(isForgotten(queryClient)).toBe(true));
    expect(entry()).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Go to home' }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/e/${environmentId}`));
  });

  it('is said when the report is read again', async () => {
    const { takeAway, queryClient } = showProfiles();
    await chart('Gender');
    takeAway();
    await queryClient.invalidateQueries({
      queryKey: ['GET /environments/:environmentId/profile-reports/:connectionId'],
    });
    expect(await lost()).toBeVisible();
    await waitFor(() => expect(isForgotten(queryClient)).toBe(true));
  });

  it('is said when the list does not have it any more', async () => {
    const { takeAway, queryClient, filters } = showProfiles();
    await chart('Gender');
    takeAway();
    await queryClient.invalidateQueries({ queryKey: ['GET /environments/:environmentId/profile-reports'] });
    expect(await lost()).toBeVisible();
    await waitFor(() => expect(isForgotten(queryClient)).toBe(true));
    expect(filters()).toHaveLength(1);
  });

  it('is said to whoever is not a member any more', async () => {
    const { api, queryClient } = showProfiles();
    await chart('Gender');
    api.on(contract.listProfileReports, () => refuse('notFound'));
    await queryClient.invalidateQueries({ queryKey: ['GET /environments/:environmentId/profile-reports'] });
    expect(await lost()).toBeVisible();
    await waitFor(() => expect(isForgotten(queryClient)).toBe(true));
    expect(entry()).toBeNull();
  });

  it('takes what was read along on other pages, too', async () => {
    const { takeAway, queryClient, router } = showProfiles();
    await chart('Gender');
    await router.navigate(`/e/${environmentId}/nothing`);
    await screen.findByRole('heading', { name: 'Not found' });
    expect(isForgotten(queryClient)).toBe(false);
    takeAway();
    await queryClient.invalidateQueries({ queryKey: ['GET /environments/:environmentId/profile-reports'] });
    expect(isForgotten(queryClient)).toBe(true);
    await waitFor(() => expect(entry()).toBeNull());
  });
});

test('a report of somebody else’s looks like one that does not exist', async () => {
  showProfiles({}, { path: `profiles/${anId()}` });
  expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
  expect(entry()).toBeVisible();
});

test('access that was given a moment ago opens the page, and the entry follows', async () => {
  const { api } = showProfiles({}, { reports: [] });
  api.on(contract.getProfileReport, () => aReport());
  api.on(contract.listProfileReports, () => ({
    value: api.asked(contract.getProfileReport).length === 0 ? [] : [refOf(aReport())],
  }));
  expect(await number()).toHaveTextContent('20,000 profiles');
  await waitFor(() => expect(entry()).toBeVisible());
});

test('a report that cannot be read can be asked for again', async () => {
  const { api, user } = showProfiles({}, { path: 'nothing' });
  await screen.findByRole('heading', { name: 'Not found' });
  api.on(contract.getProfileReport, () => refuse('internal', { detail: 'Something went wrong on the server.' }));
  await user.click(entry() as HTMLElement);
  expect(await screen.findByText('Something went wrong on the server.')).toBeVisible();
  api.on(contract.getProfileReport, () => aReport());
  await user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await number()).toHaveTextContent('20,000 profiles');
});

test('what was found in the data is told in words, and what the report keeps to itself', async () => {
  showProfiles({
    notes: [
      { code: 'missingIds', rows: 12 },
      { code: 'rowsMalformed', rows: null },
    ],
  });
  const notes = within(await screen.findByRole('list', { name: 'What was found in the data' }));
  expect(notes.getByText(/^12 rows have no id/)).toBeVisible();
  expect(notes.getByText(/^A few rows could not be read/)).toBeVisible();
  expect(screen.getByText(/Groups of fewer than 5 people are hidden/)).toBeVisible();
});

test('completeness is told of each recognised column, and which are missing', async () => {
  showProfiles();
  const completeness = within(await chart('Completeness'));
  expect(completeness.getByRole('img', { name: 'Birth date (BirthDate), 18,917 people, 95%' })).toBeInTheDocument();
  expect(screen.getByText(/No column was found for postal code/)).toBeVisible();
  expect(within(await chart('Profiles over time')).getAllByRole('img')).toHaveLength(3);
});
