import type * as contract from '@junction/contracts';
import type { Actor, NoticeHook } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import type { HookRow } from './hook-store.ts';
import { toNoticeHook } from './views.ts';

/** Where notices of an environment are sent to, newest first. */
export const listNoticeHooks = async (
  { db }: Pick<House, 'db'>,
  _actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listNoticeHooks>,
): Promise<{ value: NoticeHook[]; nextLink?: string }> => {
  const page = readPage(query, { id: Prisma.sql`h."id"` });
  const rows = await db.$queryRaw<(HookRow & PageRow)[]>`
    SELECT ${page.columns}, h."id"::text AS "id", h."environmentId"::text AS "environmentId", h."name", h."url", h."kinds", h."isOn",
           h."wrappedKey", h."sealed", h."lastAt", h."lastProblem", h."version"
      FROM "NoticeHook" h WHERE h."environmentId" = ${environmentId}::uuid AND ${page.after} ${page.order}`;
  return page.toList(rows, toNoticeHook, nextLink);
};
