import { parseCookie, stringifySetCookie } from 'cookie';

/** The session cookie's name and flags. `__Host-` (RFC 6265bis) needs Secure, so plain HTTP on loopback gets the bare name. */
export const createSessionCookie = (isSecure: boolean) => {
  const name = isSecure ? '__Host-junction-session' : 'junction-session';
  const flags = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } as const;
  return {
    read: (header: string | undefined): string | undefined =>
      header === undefined ? undefined : parseCookie(header)[name],
    set: (token: string, expires: Date): string => stringifySetCookie({ name, value: token, expires, ...flags }),
    clear: (): string => stringifySetCookie({ name, value: '', maxAge: 0, ...flags }),
  };
};
export type SessionCookie = ReturnType<typeof createSessionCookie>;
