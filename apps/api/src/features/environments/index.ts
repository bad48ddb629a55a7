export { addEnvironment } from './add-environment.ts';
export { type LockedMember, lockMembers } from './lock-members.ts';
export { makeAdminEverywhere } from './make-admin-everywhere.ts';
export { requireRunning } from './require-running.ts';
export { findMember, lockEnvironment } from './store.ts';
