import type { Actor, CheckRecord } from '@junction/contracts';
import type { House } from '../../house.ts';
import { notFound } from '../../platform/app-error.ts';
import { type NextLink, type PageRow, readPage } from '../../platform/keyset.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { type CheckRow, toCheckRecord } from './views.ts';

type Input = {
  params: { environmentId: string; connectionId: string };
  query: { maxpagesize: number; skiptoken?: string };
  nextLink: NextLink;
};

/** The kept checks of a connection, newest first. */
export const listChecks = async (
  { db }: Pick<House, 'db'>,
  _actor: Actor,
  { params: { environmentId, connectionId }, query, nextLink }: Input,
): Promise<{ value: CheckRecord[]; nextLink?: string }> => {
  const isThere = await db.connection.count({ where: { id: connectionId, environmentId, removedAt: null } });
  if (isThere === 0) throw notFound('connection');
  const page = readPage(query, { id: Prisma.sql`k."id"` });
  const rows = await db.$queryRaw<(CheckRow & PageRow)[]>`
    SELECT k."id", k."trigger", k."byId", k."byName", k."startedAt", k."durationMs", k."outcome", k."steps",
           k."credentialExpiresAt", ${page.columns}
      FROM "ConnectionCheck" k
     WHERE k."connectionId" = ${connectionId}::uuid AND ${page.after} ${page.order}`;
  return page.toList(rows, toCheckRecord, nextLink);
};
