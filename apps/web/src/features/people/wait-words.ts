const secondsPerMinute = 60;

const count = (unit: string, amount: number): string => {
  const whole = Math.max(1, Math.ceil(amount));
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
};

/** What to tell somebody who tried to sign in too often; the server says how long to wait. */
export const waitWords = (seconds: number | undefined): string => {
  if (seconds === undefined) return 'Too many attempts. Wait some minutes, then try again.';
  if (seconds < 2 * secondsPerMinute) return `Too many attempts. Try again in ${count('second', seconds)}.`;
  return `Too many attempts. Try again in ${count('minute', seconds / secondsPerMinute)}.`;
};
