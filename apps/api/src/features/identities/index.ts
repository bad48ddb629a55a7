export { createSignInAttemptLimits, type SignInAttemptLimits } from './attempt-limits.ts';
export { endSessionsByProvider } from './end-sessions.ts';
export { openIdentityProviders } from './open-providers.ts';
export { confirmOwner, confirmSession, type Standing } from './standing.ts';
