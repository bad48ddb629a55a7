/** No receiver keeps a run waiting for longer than this with one answer. */
export const longestRetryAfterMs = 60 * 60_000;

/** How long an answer asks to be left alone, from its header `Retry-After`: seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
export const retryAfterOf = (header: string | undefined, now: Date): number | undefined => {
  if (header === undefined) return undefined;
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : dateIn(text) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs);
};

/** `Date.parse` alone would read nearly anything as a date. */
const dateIn = (text: string): number => (/^[A-Z][a-z]+, .*GMT$/.test(text) ? Date.parse(text) : Number.NaN);
