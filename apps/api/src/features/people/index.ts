export { demoAccounts } from './demo-accounts.ts';
export { nameFromEmail } from './name-from-email.ts';
export { dropResetLinks, issueFirstAdminLink, issueLink } from './one-time-links.ts';
export { findActor, idleHours, startSession } from './session.ts';
export { setPassword } from './set-password.ts';
export { createLinkLimits, createSignInLimits, type LinkLimits, type SignInLimits } from './sign-in-limits.ts';
export { lockPerson } from './store.ts';
