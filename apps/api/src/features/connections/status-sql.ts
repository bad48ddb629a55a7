import { type ConnectionStatus, connectionStatuses, statusRules } from '@junction/contracts';
import { Prisma } from '../../platform/prisma/client.ts';

type Rule = { status: ConnectionStatus; isPaused?: boolean; lastOutcome?: string | null };

const condition = ({ isPaused, lastOutcome }: Rule): Prisma.Sql =>
  Prisma.join(
    [
      ...(isPaused === undefined ? [] : [Prisma.sql`c."isPaused" = ${isPaused}`]),
      ...(lastOutcome === undefined ? [] : [Prisma.sql`c."lastOutcome" IS NOT DISTINCT FROM ${lastOutcome}`]),
    ],
    ' AND ',
  );

/** The rules of connectionStatus as SQL over a connection `c`: the first that fits decides what `word` makes of its status. */
const statusCase = (word: (status: ConnectionStatus) => Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(CASE ${Prisma.join(
    statusRules.map((rule) => Prisma.sql`WHEN ${condition(rule)} THEN ${word(rule.status)}`),
    ' ',
  )} ELSE ${word('notChecked')} END)`;

/** The status of a connection `c`, in SQL. */
export const statusSql = statusCase((status) => Prisma.sql`${status}::text`);

/** Where its status stands among all of them, in SQL: lists are ordered by that. */
export const statusRankSql = statusCase((status) => Prisma.sql`${connectionStatuses.indexOf(status)}::integer`);
