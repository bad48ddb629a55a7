import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { toldTo } from './told-to.ts';

/** Remembers that somebody has seen the notices up to one. What was seen once stays seen: an older one changes nothing. */
export const readNotices = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId }, body: { upTo } }: Asked<typeof contract.readNotices>,
): Promise<void> => {
  const count = await db.$executeRaw`
    INSERT INTO "NoticeRead" ("environmentId", "personId", "upToId")
    SELECT n."environmentId", ${actor.id}::uuid, n."id" FROM "Notice" n
     WHERE n."id" = ${upTo}::uuid AND n."environmentId" = ${environmentId}::uuid AND ${toldTo(actor, environmentId)}
    ON CONFLICT ("environmentId", "personId") DO UPDATE SET "upToId" = GREATEST("NoticeRead"."upToId", EXCLUDED."upToId")`;
  if (count === 0) throw notFound('notice');
};
