import { type ProfileChart, ProfileFilter, profileCharts } from '@junction/contracts';

/** The filter that an address holds; what cannot be one is left out. */
export const readFilter = (params: URLSearchParams): ProfileFilter => {
  const given = profileCharts.flatMap((chart) => {
    const key = params.get(chart);
    const part = key === null ? undefined : ProfileFilter.shape[chart].safeParse(key);
    return part?.success ? [[chart, part.data]] : [];
  });
  const { city, ...others }: ProfileFilter = Object.fromEntries(given);
  return city === undefined || others.country === undefined ? others : { ...others, city };
};

/** An address with this filter in place of its own; whatever else it says stays. */
export const withFilter = (params: URLSearchParams, filter: ProfileFilter): URLSearchParams => {
  const next = new URLSearchParams(params);
  for (const chart of profileCharts) {
    const key = filter[chart];
    if (key === undefined) next.delete(chart);
    else next.set(chart, key);
  }
  return next;
};

/** The filter without one chart's bar. A city goes with its country. */
export const without = (filter: ProfileFilter, chart: ProfileChart): ProfileFilter => {
  const gone: readonly ProfileChart[] = chart === 'country' ? ['country', 'city'] : [chart];
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !gone.some((one) => one === name)));
};

/** The filter with a bar chosen, or no longer when it was. */
export const toggled = (filter: ProfileFilter, chart: ProfileChart, key: string): ProfileFilter =>
  filter[chart] === key ? without(filter, chart) : { ...without(filter, chart), [chart]: key };

/** The charts that filter, in the order that the report shows them. */
export const filteringCharts = (filter: ProfileFilter): ProfileChart[] =>
  profileCharts.filter((chart) => filter[chart] !== undefined);
