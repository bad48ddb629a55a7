import type { Actor, ConnectionStatus, ConnectionSummary } from '@junction/contracts';
import type { House } from '../../house.ts';
import { statusSql } from './status-sql.ts';

type Row = { type: string; status: ConnectionStatus; count: number };
type Input = { params: { environmentId: string } };

/** How many connections an environment has, by type and by status. */
export const summarizeConnections = async (
  { db }: Pick<House, 'db'>,
  _actor: Actor,
  { params: { environmentId } }: Input,
): Promise<ConnectionSummary> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT g."type", g."status", count(*)::integer AS "count"
      FROM (SELECT c."type", ${statusSql} AS "status" FROM "Connection" c WHERE c."environmentId" = ${environmentId}::uuid AND c."removedAt" IS NULL) g
     GROUP BY g."type", g."status"`;
  const summary: ConnectionSummary = { total: 0, byType: {}, byStatus: {} };
  for (const { type, status, count } of rows) {
    summary.total += count;
    summary.byType[type] = (summary.byType[type] ?? 0) + count;
    summary.byStatus[status] = (summary.byStatus[status] ?? 0) + count;
  }
  return summary;
};
