export { demoAccounts } from './demo-accounts.ts';
export { issueFirstAdminLink, issueLink } from './one-time-links.ts';
export { findActor, startSession } from './session.ts';
export { setPassword } from './set-password.ts';
export { createSignInLimits, type SignInLimits } from './sign-in-limits.ts';
