import type { LakeRequest } from './lake-request.ts';

/** Which requests a fault hits; everything given must hold. */
export type FaultMatch = {
  method?: string;
  /**
   * On the path after the account, such as `/exports/a.csv`. A string matches when the path contains it; when it holds a
   * `?` the query is compared too. A regular expression is tried on the path and on the path with its query.
   */
  path?: string | RegExp;
  account?: string;
  /** Only the n-th request that matches, counted from 1. */
  nth?: number;
  /** At most this many requests. */
  times?: number;
};

/** What happens to them. `latencyMs` and `truncateBodyAfterBytes` go with a real answer; the others replace it. */
export type Fault = {
  status?: number;
  /** Storage error code; status and text follow from it unless given. */
  code?: string;
  message?: string;
  /** Sent as `Retry-After`. Alone it means throttling: 503 `ServerBusy`. */
  retryAfterSeconds?: number;
  latencyMs?: number;
  /** The connection is reset before a byte is answered. */
  reset?: boolean;
  /** The connection breaks after this many bytes of the real answer's body. */
  truncateBodyAfterBytes?: number;
  /** A body that is not storage's, with `headers` and `status` (200 when absent): a captive portal, a proxy, another product. */
  body?: string;
  headers?: Record<string, string>;
  /** Never answered. */
  hang?: boolean;
};

export type FaultRule = { match: FaultMatch; fault: Fault };

type Armed = { rule: FaultRule; seen: number; hit: number };

/** The armed rules; the first that matches a request decides. */
export type FaultRules = {
  add(rule: FaultRule): () => void;
  clear(): void;
  /** The fault for this request; counts it. */
  next(request: LakeRequest): Fault | undefined;
};

const pathOf = (request: LakeRequest): string =>
  request.container === '' ? '/' : `/${request.container}${request.path === '' ? '' : `/${request.path}`}`;

const matchesPath = (request: LakeRequest, wanted: string | RegExp): boolean => {
  const path = pathOf(request);
  const withQuery = `${path}?${request.rawQuery}`;
  if (typeof wanted === 'string') return (wanted.includes('?') ? withQuery : path).includes(wanted);
  // A global expression keeps a position between calls, which would skip every second request.
  const expression = new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, ''));
  return expression.test(path) || expression.test(withQuery);
};

const matches = (request: LakeRequest, { method, path, account }: FaultMatch): boolean =>
  (method === undefined || method.toUpperCase() === request.method) &&
  (account === undefined || account === request.account) &&
  (path === undefined || matchesPath(request, path));

export const createFaultRules = (): FaultRules => {
  let armed: Armed[] = [];
  return {
    add(rule) {
      const one: Armed = { rule, seen: 0, hit: 0 };
      armed = [...armed, one];
      return () => {
        armed = armed.filter((other) => other !== one);
      };
    },
    clear() {
      armed = [];
    },
    next(request) {
      for (const one of armed) {
        const { match, fault } = one.rule;
        if (!matches(request, match)) continue;
        one.seen += 1;
        if (match.nth !== undefined && one.seen !== match.nth) continue;
        if (match.times !== undefined && one.hit >= match.times) continue;
        one.hit += 1;
        return fault;
      }
      return undefined;
    },
  };
};
