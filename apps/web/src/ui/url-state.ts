import { useCallback, useLayoutEffect, useRef } from 'react';
import { type To, useLocation, useSearchParams } from 'react-router';

/**
 * View state (search, filters, sort, tab) that lives in the address. Values are strings; a value equal to its default is
 * left out of the address. Setting replaces the history entry, so that Back leaves the page rather than the filter.
 */
export const useUrlState = <Names extends string>(
  defaults: Readonly<Record<Names, string>>,
): [Readonly<Record<Names, string>>, (changes: Partial<Record<Names, string>>) => void] => {
  const [params, setParams] = useSearchParams();
  const names = Object.keys(defaults) as Names[];
  const state = Object.fromEntries(names.map((name) => [name, params.get(name) ?? defaults[name]])) as Record<
    Names,
    string
  >;
  // The router hands an updater the parameters of the render that it was made in; who waits before setting, or sets twice in a
  // row, would undo what was set in between.
  const latest = useRef(params);
  useLayoutEffect(() => {
    latest.current = params;
  }, [params]);
  const set = (changes: Partial<Record<Names, string>>) => {
    const next = new URLSearchParams(latest.current);
    for (const [name, value] of Object.entries(changes) as [Names, string | undefined][]) {
      if (value === undefined || value === defaults[name]) next.delete(name);
      else next.set(name, value);
    }
    latest.current = next;
    setParams(next, { replace: true, preventScrollReset: true });
  };
  return [state, set];
};

/** Makes links that keep the page's view state: opening and closing a panel leaves search, filters and sort as they are. */
export const useKeepSearch = (): ((path: string) => To) => {
  const { search } = useLocation();
  return useCallback((path: string) => ({ pathname: path, search }), [search]);
};
