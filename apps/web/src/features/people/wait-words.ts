const secondsPerMinute = 60;

/** What to tell somebody who tried to sign in too often; the server says how long to wait. */
export const waitWords = (seconds: number | undefined): string => {
  if (seconds === undefined) return 'Too many attempts. Wait some minutes, then try again.';
  if (seconds < 2 * secondsPerMinute)
    return `Too many attempts. Try again in ${Math.max(1, Math.ceil(seconds))} seconds.`;
  return `Too many attempts. Try again in ${Math.ceil(seconds / secondsPerMinute)} minutes.`;
};
