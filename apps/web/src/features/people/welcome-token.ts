/** The token of a one-time link, from the address's fragment, which never leaves the browser; null when there is none. */
const readToken = (): string | null => {
  const token = decodeURIComponent(location.hash.slice(1));
  return token === '' ? null : token;
};

/**
 * Takes the token out of the address bar, so that it stays neither in the history nor in a screenshot. It lives on only
 * in the variable of the page that asked.
 */
export const takeWelcomeToken = (): string | null => {
  const token = readToken();
  if (token !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
};
