import { paths } from './paths.ts';

let kept: string | null = null;

/**
 * Takes what an identity provider sent back out of the address bar and the history, where it would outlast its one use.
 * To be called before the router reads the address, so that the router never knows it either. It lives on only in this
 * variable, until the page that hands it in takes it.
 */
export const keepProviderResponse = (): void => {
  if (location.pathname !== paths.signInCallback()) return;
  if (location.search !== '') kept = location.search.slice(1);
  if (location.search !== '' || location.hash !== '') history.replaceState(history.state, '', location.pathname);
};

/** What the identity provider sent back, for the first who asks; null when there is none, or none any more. */
export const takeProviderResponse = (): string | null => {
  keepProviderResponse();
  const response = kept;
  kept = null;
  return response;
};
