import type { Request } from 'express';

/**
 * What a request shows after `Authorization: Bearer` (RFC 6750 §2.1; RFC 9110 §11.1 takes the scheme in any case), the empty text when that
 * is nothing; undefined when it shows no token at all. A token in a query string, or in a body, is none.
 */
export const readBearer = ({ headers }: Pick<Request, 'headers'>): string | undefined => {
  const shown = /^bearer(?:\s(.*))?$/is.exec(headers.authorization ?? '');
  return shown === null ? undefined : (shown[1] ?? '').trim();
};
