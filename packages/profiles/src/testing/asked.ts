import type { ProfileFilter } from '@junction/contracts';
import { makeReport, type ReportOptions } from '../report/make.ts';
import { openReport, type ReportAnswer } from '../report/open.ts';
import type { CustomerTally } from '../tally.ts';

/** A report as whoever reads it has it: by its answers only. */
export const opened = async (tally: CustomerTally, options: ReportOptions) => {
  const { summary, cells } = await makeReport(tally, options);
  return openReport(JSON.parse(JSON.stringify(summary)), cells);
};

type Dimension = 'gender' | 'age' | 'income' | 'place';

/** The bars of a report, each as the part of a filter that it stands for. */
export const barsOf = (answer: (filter: ProfileFilter) => ReportAnswer): Record<Dimension, ProfileFilter[]> => {
  const { charts } = answer({});
  const keys = (chart: keyof typeof charts) => (charts[chart]?.bars ?? []).map(({ key }) => key);
  const countries = keys('country').map((country) => ({ country }));
  return {
    gender: keys('gender').map((gender) => ({ gender })),
    age: keys('age').map((age) => ({ age })),
    income: keys('income').map((income) => ({ income })),
    place: countries.flatMap(({ country }) => [
      { country },
      ...(answer({ country }).charts.city?.bars ?? []).map(({ key }) => ({ country, city: key })),
    ]),
  };
};

/** Every filter that there is. */
export const filtersOf = (bars: Record<Dimension, ProfileFilter[]>): ProfileFilter[] =>
  Object.values(bars).reduce<ProfileFilter[]>(
    (filters, own) => filters.flatMap((filter) => [filter, ...own.map((bar) => ({ ...filter, ...bar }))]),
    [{}],
  );
