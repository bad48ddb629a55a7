import type { ProfileFilter } from '@junction/contracts';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readFilter, withFilter } from './filters.ts';

/** What the address says the report is filtered by. Each change is a step in the history, so that Back takes it back. */
export const useReportFilter = (): [ProfileFilter, (filter: ProfileFilter) => void] => {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readFilter(params), [params]);
  return [filter, (next) => setParams(withFilter(params, next), { preventScrollReset: true })];
};
