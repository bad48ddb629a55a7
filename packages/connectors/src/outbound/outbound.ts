import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';

/** Why an address may not be reached. The codes are those of the check step `endpoint`. */
export type Refusal = {
  code: 'urlInvalid' | 'schemeRefused' | 'hostNotAllowed' | 'addressRefused' | 'nameNotFound' | 'nameLookupFailed';
  message: string;
  remedy: string;
};

/** The only way out: every connection that Junction makes on somebody's behalf goes through one of these. */
export type Outbound = {
  /** Decides whether a URL may be reached, resolving its name; the answer names the addresses that were checked. */
  admit(
    url: string,
    signal?: AbortSignal,
  ): Promise<{ admitted: true; addresses: string[] } | { admitted: false; refusal: Refusal }>;
  /** An agent whose sockets connect only to addresses that were checked for this very connection; a refused one fails with OutboundRefused. */
  agentFor(url: string): HttpAgent | HttpsAgent;
};

/** What a socket fails with when the guard refuses its address. */
export class OutboundRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'OutboundRefused';
    this.refusal = refusal;
  }
}
