import { parseCookie, stringifySetCookie } from 'cookie';

/** A cookie that holds a token. `__Host-` (RFC 6265bis) needs Secure, so plain HTTP on loopback gets the bare name. */
const createTokenCookie = (bareName: string, isSecure: boolean) => {
  const name = isSecure ? `__Host-${bareName}` : bareName;
  // Lax and not Strict, as browsers come back from an identity provider, and by links in mails.
  const flags = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } as const;
  return {
    read: (header: string | undefined): string | undefined =>
      header === undefined ? undefined : parseCookie(header)[name] || undefined,
    set: (token: string, expires: Date): string => stringifySetCookie({ name, value: token, expires, ...flags }),
    clear: (): string => stringifySetCookie({ name, value: '', maxAge: 0, ...flags }),
  };
};
type TokenCookie = ReturnType<typeof createTokenCookie>;

/** The cookies of Junction: of a session, and of a browser that is on its way to an identity provider and back. */
export type Cookies = { session: TokenCookie; signIn: TokenCookie };

export const createCookies = (isSecure: boolean): Cookies => ({
  session: createTokenCookie('junction-session', isSecure),
  signIn: createTokenCookie('junction-sign-in', isSecure),
});
