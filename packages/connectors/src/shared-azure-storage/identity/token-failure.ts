import type { FindingCode } from '../findings/findings.ts';

/** What a finding is told about a token that was not given. Nothing of the request, nor what the authority wrote about it. */
export type TokenFailureAbout = {
  /** The authority's own code for its refusal, such as `AADSTS53003`. */
  errorCode?: string;
  /** How far our clock is off by the authority's. */
  minutes?: number;
  retryAfterMs?: number;
  /** A sentence of the outbound guard. */
  refusal?: string;
  refusalRemedy?: string;
};

/** There is no token for storage, so nothing was asked of it. */
export class TokenFailure extends Error {
  readonly finding: FindingCode;
  readonly about: TokenFailureAbout;
  constructor(finding: FindingCode, about: TokenFailureAbout = {}) {
    super('There is no access token.');
    this.name = 'TokenFailure';
    this.finding = finding;
    this.about = about;
  }
}
