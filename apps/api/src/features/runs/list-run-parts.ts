import type * as contract from '@junction/contracts';
import { type Actor, can, type RunPart } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { type PartRow, toRunPart } from './views.ts';

/** Files that are named of each part; their number says how many there are. */
const shownFiles = 20;

/** The parts of a run, in order. */
export const listRunParts = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId, runId }, query, nextLink }: Asked<typeof contract.listRunParts>,
): Promise<{ value: RunPart[]; nextLink?: string }> => {
  if ((await db.run.count({ where: { id: runId, environmentId, kind: 'export' } })) === 0) throw notFound('run');
  const page = readPage(query, {
    id: Prisma.sql`p."runId"`,
    order: {
      fields: { number: { by: Prisma.sql`p."number"`, type: 'integer' } },
      usual: { field: 'number', descending: false },
    },
  });
  const rows = await db.$queryRaw<(PartRow & PageRow)[]>`
    SELECT ${page.columns}, p."number", p."entityName", p."state", r."finishedAt" IS NOT NULL AS "isOver",
           ARRAY(SELECT f->>'name' FROM jsonb_array_elements(p."files") f LIMIT ${shownFiles}) AS "files",
           jsonb_array_length(p."files") AS "fileCount", p."bytes", p."bytesRead", p."rowsWritten", p."rowsRejected",
           p."bytesWritten", p."retries", p."problem", p."result"->'written' AS "written"
      FROM "RunPart" p JOIN "Run" r ON r."id" = p."runId"
     WHERE p."runId" = ${runId}::uuid AND ${page.after} ${page.order}`;
  const seesPlaces = can(actor, 'connection:read', environmentId);
  return page.toList(rows, (row) => toRunPart(row, seesPlaces), nextLink);
};
