/** Whether this browser or server knows the time zone; which ones there are depends on the age of its data. */
export const isKnownZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};
