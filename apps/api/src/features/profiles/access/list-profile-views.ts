import type * as contract from '@junction/contracts';
import type { Actor, ProfileView } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { type PageRow, readPage } from '../../../platform/keyset.ts';
import { Prisma } from '../../../platform/prisma/client.ts';
import { findProfileConnection } from './with-profiles.ts';

type ViewRow = {
  personId: string;
  personName: string;
  reportId: string;
  firstAt: Date;
  lastAt: Date;
  requests: number;
};

const toProfileView = (row: ViewRow): ProfileView => ({
  person: { id: row.personId, name: row.personName },
  reportId: row.reportId,
  firstAt: row.firstAt.toISOString(),
  lastAt: row.lastAt.toISOString(),
  requests: row.requests,
});

/** Who looked at the report of a connection, the last view first; also people who left since. */
export const listProfileViews = async (
  house: Pick<House, 'db' | 'connectors'>,
  _actor: Actor,
  { params, query, nextLink }: Asked<typeof contract.listProfileViews>,
): Promise<{ value: ProfileView[]; nextLink?: string }> => {
  const { id } = await findProfileConnection(house, params);
  const page = readPage(query, {
    id: Prisma.sql`v."id"`,
    order: {
      fields: { lastAt: { by: Prisma.sql`v."lastAt"`, type: 'timestamptz' } },
      usual: { field: 'lastAt', descending: true },
    },
  });
  const rows = await house.db.$queryRaw<(ViewRow & PageRow)[]>`
    SELECT v."personId"::text AS "personId", v."personName", v."reportId"::text AS "reportId", v."firstAt", v."lastAt", v."requests",
           ${page.columns}
      FROM "ProfileView" v WHERE v."connectionId" = ${id}::uuid AND ${page.after} ${page.order}`;
  return page.toList(rows, toProfileView, nextLink);
};
