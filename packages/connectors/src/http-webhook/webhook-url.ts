/** Names of parameters that hold a credential: of shared access signatures, function keys, and what people call theirs. */
const credentialNames =
  /^(?:sig|signature|code|key|token|secret|password|auth|api[-_]?key|access[-_]?token|client[-_]?secret)$/i;

const longestUrl = 2_000;

const parsed = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

/** A URL as it is stored: without a fragment, which is never sent. What is none comes back trimmed. */
export const urlFrom = (typed: string): string => {
  const url = parsed(typed.trim());
  if (url === undefined) return typed.trim();
  url.hash = '';
  return url.href;
};

const credentialIn = (url: URL): string | undefined =>
  [...url.searchParams.keys()].find((name) => credentialNames.test(name));

/** The parameter of a URL that looks like a secret. */
export const secretLookingIn = (text: string): string | undefined => {
  const url = parsed(text);
  return url && credentialIn(url);
};

/** What is wrong with the address of a receiver or of a token service, as a sentence that says what to enter. */
export const urlProblem = (text: string): string | undefined => {
  const url = parsed(text);
  if (url === undefined || !/^https?:\/\/[^/]/i.test(text) || /[\s\\]/.test(text)) {
    return 'Enter a complete address, such as https://hooks.contoso.com/junction.';
  }
  if (text.length > longestUrl) return `An address has at most ${longestUrl} characters.`;
  if (url.username !== '' || url.password !== '') {
    return 'Leave the user name and password out of the address, and choose the authentication "User name and password".';
  }
  const credential = credentialIn(url);
  return credential === undefined
    ? undefined
    : `Addresses can be seen by everybody who sees the connection, and "${credential}" looks like a secret. Choose the authentication "Key in the address" and move it there, or paste the address again as a whole.`;
};

/** Scheme, host and path, without a query. */
export const placeOf = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
};

/** What a pasted URL fills in: the address, and what signs in where the URL holds it. Undefined when the text is no URL. */
export const readPasted = (
  text: string,
): { settings: Record<string, string>; secrets: Record<string, string> } | undefined => {
  const url = parsed(text.trim().replace(/^["'<]|[>"']$/g, ''));
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '' || /\s/.test(text.trim())) {
    return undefined;
  }
  const [userName, password] = [decoded(url.username), decoded(url.password)];
  url.username = '';
  url.password = '';
  url.hash = '';
  if (credentialIn(url) !== undefined) {
    const query = url.search.slice(1);
    url.search = '';
    return { settings: { url: url.href, authentication: 'query' }, secrets: { query } };
  }
  if (userName === '' || password === '') return { settings: { url: url.href }, secrets: {} };
  return { settings: { url: url.href, authentication: 'basic', userName }, secrets: { password } };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
