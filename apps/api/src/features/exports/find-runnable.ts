import type { Actor } from '@junction/contracts';
import type { Db } from '../../platform/db.ts';
import { mayUseSql } from '../connections/index.ts';

/** Exports that a person may run, are active, have their schedules on and do not run yet; in the order of their ids. */
export const findRunnable = async (db: Db, actor: Actor, environmentId: string): Promise<string[]> => {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT e."id"::text AS "id" FROM "Export" e JOIN "Connection" c ON c."id" = e."connectionId"
     WHERE e."environmentId" = ${environmentId}::uuid AND e."scheduleOn" AND e."autoPausedAt" IS NULL AND e."lostEntities" = 0
       AND COALESCE(e."runState" NOT IN ('queued', 'processing'), TRUE)
       AND ${mayUseSql(actor.memberships[environmentId] ?? 'viewer', actor.id)}
     ORDER BY e."id"`;
  return rows.map(({ id }) => id);
};
