/** Long enough for a provider on another continent with a busy directory; a person is waiting meanwhile. */
export const requestTimeoutMs = 10_000;

/** Tokens and key sets have some kB. The longest answer is Graph's, 11,000 groups of about 40 bytes each. */
export const maxAnswerBytes = 1024 * 1024;

/** What clocks of servers that are kept by NTP never differ by; OpenID Connect leaves "no more than a few minutes" to us. */
export const clockToleranceSeconds = 60;

/** Providers announce new endpoints long before the old ones end. */
export const discoveryMaxAgeMs = 60 * 60_000;

/** A key that the provider has withdrawn is believed no longer than this. */
export const keysMaxAgeMs = 10 * 60_000;

/** A token that anybody can send us, such as a logout token, makes us fetch the keys anew no more often than this. */
export const keysPauseMs = 10_000;
