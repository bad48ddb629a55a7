import type * as contract from '@junction/contracts';
import { type Actor, can, mostUnreadCounted, type Notice } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { toldTo } from './told-to.ts';
import { type NoticeRow, toNotice } from './views.ts';

/** What changed, for the person who asks, newest first, and how much of it they have not seen yet. */
export const listNotices = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listNotices>,
): Promise<{ value: Notice[]; nextLink?: string; unread: number }> => {
  const page = readPage(query, { id: Prisma.sql`n."id"` });
  const isTold = Prisma.sql`n."environmentId" = ${environmentId}::uuid AND ${toldTo(actor, environmentId)}`;
  const theirs = Prisma.sql`"environmentId" = ${environmentId}::uuid AND "personId" = ${actor.id}::uuid`;
  // What happened before somebody came is no news to them.
  const isRead = Prisma.sql`(
    n."id" <= COALESCE((SELECT "upToId" FROM "NoticeRead" WHERE ${theirs}), '00000000-0000-0000-0000-000000000000')
    OR n."at" < (SELECT "addedAt" FROM "Member" WHERE ${theirs}))`;
  const [rows, [count]] = await Promise.all([
    db.$queryRaw<(NoticeRow & PageRow)[]>`
      SELECT ${page.columns}, n."id"::text AS "id", n."at", n."kind", n."subjectType", n."subjectId"::text AS "subjectId", n."subjectName",
             n."runId"::text AS "runId", n."detail", ${isRead} AS "isRead"
        FROM "Notice" n WHERE ${isTold} AND ${page.after} ${page.order}`,
    db.$queryRaw<{ unread: number }[]>`
      SELECT count(*)::integer AS "unread" FROM (
        SELECT 1 FROM "Notice" n WHERE ${isTold} AND NOT ${isRead} LIMIT ${mostUnreadCounted}) u`,
  ]);
  const seesPlaces = can(actor, 'connection:read', environmentId);
  return { ...page.toList(rows, (row) => toNotice(row, seesPlaces), nextLink), unread: count?.unread ?? 0 };
};
