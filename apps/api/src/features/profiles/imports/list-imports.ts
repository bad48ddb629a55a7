import type * as contract from '@junction/contracts';
import type { Actor, ProfileImportRun } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { type PageRow, readPage } from '../../../platform/keyset.ts';
import { Prisma } from '../../../platform/prisma/client.ts';
import { selectRuns } from '../../runs/index.ts';
import { findProfileConnection } from '../access/with-profiles.ts';
import { importsOf, isVerified } from './import-store.ts';
import { toImportRun } from './views.ts';

/** The imports of a connection, newest first. */
export const listProfileImports = async (
  house: Pick<House, 'db' | 'connectors'>,
  _actor: Actor,
  { params, query, nextLink }: Asked<typeof contract.listProfileImports>,
): Promise<{ value: ProfileImportRun[]; nextLink?: string }> => {
  const { id } = await findProfileConnection(house, params);
  const page = readPage(query, { id: Prisma.sql`r."id"` });
  const rows = await selectRuns<PageRow & { isVerified: boolean }>(house.db, {
    columns: Prisma.sql`${isVerified}, ${page.columns}`,
    where: Prisma.sql`${importsOf(id)} AND ${page.after}`,
    rest: page.order,
  });
  return page.toList(rows, toImportRun, nextLink);
};
