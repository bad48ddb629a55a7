/** The most redirects and pages between an authorization request and its end. */
const maxSteps = 12;

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** The cookies of one browser and one host. */
const createJar = () => {
  const cookies = new Map<string, string>();
  return {
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    keep: (response: Response) => {
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(';');
        const [name = '', ...value] = pair.split('=');
        const isOver = attributes.some((one) => /^\s*expires=Thu, 01 Jan 1970/i.test(one));
        if (isOver) cookies.delete(name.trim());
        else cookies.set(name.trim(), value.join('='));
      }
    },
  };
};

/** A browser without a window: it keeps its cookies from one sign-in to the next, so that the provider knows it again. */
export type PlainBrowser = {
  /**
   * Follows an authorization request to its end, signing in where it is asked to; who is signed in already is not asked. The answer is the query that
   * the provider sends to the redirect URI, without its question mark.
   */
  signInAs(authorizationUrl: string, email: string): Promise<string>;
  /** Signs out at the provider and confirms it: where the provider sends the browser then. */
  signOut(url: string): Promise<string>;
};

export const openPlainBrowser = (): PlainBrowser => {
  const jar = createJar();

  const ask = async (url: string, form?: URLSearchParams): Promise<Response> => {
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie: jar.header() },
      body: form,
      redirect: 'manual',
    });
    jar.keep(response);
    return response;
  };

  return {
    signInAs: async (authorizationUrl, email) => {
      const redirectUri = new URL(authorizationUrl).searchParams.get('redirect_uri');
      if (redirectUri === null) throw new Error('The authorization request has no redirect_uri.');
      let url = authorizationUrl;
      let response = await ask(url);
      for (let step = 0; step < maxSteps; step += 1) {
        if (isRedirect(response.status)) {
          const next = new URL(response.headers.get('location') ?? '', url);
          if (next.href.split('?')[0] === redirectUri) return next.search.slice(1);
          url = next.href;
          response = await ask(url);
        } else {
          const text = await response.text();
          if (response.status !== 200 || text.includes('role="alert"')) {
            throw new Error(`The provider does not sign ${email} in (${response.status}): ${text}`);
          }
          response = await ask(url, new URLSearchParams({ email }));
        }
      }
      throw new Error('The provider sends the browser in circles.');
    },

    signOut: async (url) => {
      const page = await (await ask(url)).text();
      const [, action] = /action="([^"]+)"/.exec(page) ?? [];
      const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
      if (action === undefined || xsrf === undefined) throw new Error(`The provider does not ask to sign out: ${page}`);
      const response = await ask(new URL(action, url).href, new URLSearchParams({ xsrf, logout: 'yes' }));
      return response.headers.get('location') ?? '';
    },
  };
};

/** Signs somebody in with a new browser; see PlainBrowser. */
export const signInAs = (authorizationUrl: string, email: string): Promise<string> =>
  openPlainBrowser().signInAs(authorizationUrl, email);
