export { addEnvironment } from './add-environment.ts';
export { followGroups } from './follow-groups.ts';
export { lockEnvironmentsOf, lockIdentity, lockMappings } from './group-locks.ts';
export { countFollowers } from './group-store.ts';
export { type LockedMember, lockMembers } from './lock-members.ts';
export { makeAdminEverywhere } from './make-admin-everywhere.ts';
export { requireRunning } from './require-running.ts';
export { findMember, lockEnvironment } from './store.ts';
