import { exportStatuses, exportStatusRules } from '@junction/contracts';
import { Prisma } from '../../platform/prisma/client.ts';
import { ruleSql } from '../../platform/rule-sql.ts';

const facts = {
  hasConnection: Prisma.sql`(e."connectionId" IS NOT NULL)`,
  hasLostEntities: Prisma.sql`(e."lostEntities" > 0)`,
  runState: Prisma.sql`e."runState"`,
};

/** The rules of exportStatus over an export `e`. */
const status = ruleSql(exportStatusRules, facts, 'notStarted');

/** The status of an export `e`, in SQL. */
export const statusSql = status.word;

/** Where its status stands among all of them, in SQL: lists are ordered by that. */
export const statusRankSql = status.rankIn(exportStatuses);
