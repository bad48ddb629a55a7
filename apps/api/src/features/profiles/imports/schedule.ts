/** What may pass by itself is looked at again after so long, where the next look would come later. */
export const lookAgainHours = 1;

/** When a lake is looked at next that was looked at, or asked for, now. */
export const nextLookAfter = (now: Date, everyHours: number): Date => new Date(now.getTime() + everyHours * 3_600_000);
