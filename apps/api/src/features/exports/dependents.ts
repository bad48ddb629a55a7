import { Prisma } from '../../platform/prisma/client.ts';
import type { Dependents } from '../connections/index.ts';

/** Exports as connections see them. */
export const exportDependents: Dependents = {
  usedBySql: Prisma.sql`(
    (SELECT count(*) FROM "Export" x WHERE x."connectionId" = c."id")
    + (SELECT count(DISTINCT r."exportId") FROM "ExportEntity" r JOIN "Export" x ON x."id" = r."exportId"
        WHERE r."connectionId" = c."id" AND x."connectionId" IS DISTINCT FROM c."id"))::integer`,
};
