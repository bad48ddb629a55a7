export { type CheckLimits, createCheckLimits } from './check-limits.ts';
export type { Dependents, Loss, Lost } from './dependents.ts';
export { openTarget } from './open-target.ts';
export { probeDue } from './probe.ts';
export { purgeRemoved } from './purge-removed.ts';
export { redact } from './redact.ts';
export { type LockedConnection, lockConnections, mayUseSql } from './sharing.ts';
export { statusSql as connectionStatusSql } from './status-sql.ts';
export { typeLabelSql, typeRankSql } from './type-sql.ts';
