import { connectionStatuses, statusRules } from '@junction/contracts';
import { Prisma } from '../../platform/prisma/client.ts';
import { ruleSql } from '../../platform/rule-sql.ts';

const facts = { isPaused: Prisma.sql`c."isPaused"`, lastOutcome: Prisma.sql`c."lastOutcome"` };

/** The rules of connectionStatus over a connection `c`. */
const status = ruleSql(statusRules, facts, 'notChecked');

/** The status of a connection `c`, in SQL. */
export const statusSql = status.word;

/** Where its status stands among all of them, in SQL: lists are ordered by that. */
export const statusRankSql = status.rankIn(connectionStatuses);
