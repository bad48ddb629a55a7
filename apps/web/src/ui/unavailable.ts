/** A command that is shown but cannot be used: in reach of the keyboard, and with the reason on hover and for screen readers. */
export const unavailable = (reason: string) =>
  ({ disabled: true, allowDisabledFocus: true, title: reason, ariaDescription: reason }) as const;
