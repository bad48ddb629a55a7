import type * as contract from '@junction/contracts';
import { type Actor, type ExportStatus, type ExportSummary, summarizedConnections } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { typeSql } from './select-exports.ts';
import { statusSql } from './status-sql.ts';

type Row = { type: string | null; status: ExportStatus; hasConnection: boolean; count: number };

/** How many exports an environment has, by status, type and connection. */
export const summarizeExports = async (
  { db }: Pick<House, 'db'>,
  _actor: Actor,
  { params: { environmentId } }: Asked<typeof contract.getExportSummary>,
): Promise<ExportSummary> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT g."type", g."status", g."hasConnection", count(*)::integer AS "count"
      FROM (SELECT ${typeSql} AS "type", ${statusSql} AS "status", c."id" IS NOT NULL AS "hasConnection"
              FROM "Export" e LEFT JOIN "Connection" c ON c."id" = e."connectionId"
             WHERE e."environmentId" = ${environmentId}::uuid) g
     GROUP BY g."type", g."status", g."hasConnection"`;
  const byConnection = await db.$queryRaw<ExportSummary['byConnection']>`
    SELECT c."id"::text AS "id", c."name", count(*)::integer AS "count"
      FROM "Export" e JOIN "Connection" c ON c."id" = e."connectionId"
     WHERE e."environmentId" = ${environmentId}::uuid
     GROUP BY c."id" ORDER BY "count" DESC, lower(c."name"), c."id" LIMIT ${summarizedConnections}`;
  const summary: ExportSummary = { total: 0, byStatus: {}, byType: {}, byConnection, withoutConnection: 0 };
  for (const { type, status, hasConnection, count } of rows) {
    summary.total += count;
    summary.byStatus[status] = (summary.byStatus[status] ?? 0) + count;
    if (type !== null) summary.byType[type] = (summary.byType[type] ?? 0) + count;
    if (!hasConnection) summary.withoutConnection += count;
  }
  return summary;
};
