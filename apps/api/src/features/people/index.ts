export { issueBreakGlassLink } from './break-glass.ts';
export { demoAccounts } from './demo-accounts.ts';
export { hasLocalAccounts, requireLocalAccounts } from './local-accounts.ts';
export { nameFromEmail } from './name-from-email.ts';
export { dropPasswordLinks, dropResetLinks, issueFirstAdminLink, issueLink } from './one-time-links.ts';
export { meOf } from './read-me.ts';
export { type Memberships, rolesColumn, rolesOf } from './roles-of.ts';
export { isServiceAddress, serviceAddressOf } from './service-address.ts';
export {
  endPreviousSession,
  type FoundSession,
  findSession,
  type IdentityFacts,
  idleHours,
  startSession,
} from './session.ts';
export { setPassword } from './set-password.ts';
export { createLinkLimits, createSignInLimits, type LinkLimits, type SignInLimits } from './sign-in-limits.ts';
export { addPerson, endProviderSessions, keepEmailProven, lockPerson, lockPersonWithIdentity } from './store.ts';
