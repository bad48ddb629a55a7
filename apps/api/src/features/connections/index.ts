export { type CheckLimits, createCheckLimits } from './check-limits.ts';
export type { Dependents } from './dependents.ts';
export { openTarget } from './open-target.ts';
export { probeDue } from './probe.ts';
export { type LockedConnection, lockConnections, mayUseSql } from './sharing.ts';
export { statusSql as connectionStatusSql } from './status-sql.ts';
export { typeLabelSql, typeRankSql } from './type-sql.ts';
