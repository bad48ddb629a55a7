/** Attempts to deliver one notice; the waits between them come to about an hour. */
export const maximumDeliveryAttempts = 6;
const firstWaitMs = 30_000;
const waitGrowth = 3;
/** Waits differ by up to this share, so that many do not come back at once. */
const waitJitter = 0.2;

/** A receiver that needs longer than this to take a notice is as good as gone. */
export const deliveryDeadlineMs = 10_000;
/** Within that time an attempt is over and kept; afterwards its worker must have crashed. */
export const claimSeconds = 60;

/** Notices on their way at the same time, of one worker; each to another hook. */
export const deliveriesAtOnce = 4;

/** How long to wait after this many attempts have failed; the longest wait is the one before the last. What the receiver asks for is honoured, as far as connectors pass it on (an hour). */
export const waitBeforeDelivery = (failedAttempts: number, retryAfterMs = 0, random = Math.random()): number => {
  const usual = firstWaitMs * waitGrowth ** (Math.min(failedAttempts, maximumDeliveryAttempts - 1) - 1);
  return Math.max(Math.round(usual * (1 + waitJitter * (2 * random - 1))), retryAfterMs);
};
