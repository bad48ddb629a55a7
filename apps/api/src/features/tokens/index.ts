export { findTokenActor, ownerIsLost } from './find-token-actor.ts';
export { deleteHomeless, findAccountIds } from './service-accounts/store.ts';
export { createTokenLimits, type TokenLimits } from './token-limits.ts';
