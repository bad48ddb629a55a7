import type * as contract from '@junction/contracts';
import type { Actor, GroupRole } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { type PageRow, readPage } from '../../../platform/keyset.ts';
import { allOf, containsText } from '../../../platform/list-query.ts';
import { Prisma } from '../../../platform/prisma/client.ts';
import { countFollowers } from '../../environments/index.ts';
import { nameInOrder, selectGroupRoles } from './store.ts';
import { toGroupRole } from './views.ts';

const byName = {
  fields: { name: { by: nameInOrder, type: 'text' } },
  usual: { field: 'name', descending: false },
} as const;

/** The groups that give roles in an environment, by name; `search` looks at names and at what the provider calls them. */
export const listGroupRoles = async (
  { db }: Pick<House, 'db'>,
  _actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listGroupRoles>,
): Promise<{ value: GroupRole[]; nextLink?: string }> => {
  const page = readPage(query, { id: Prisma.sql`g."id"`, order: byName });
  const search = containsText(query.search, [Prisma.sql`g."name"`, Prisma.sql`g."value"`]);
  const rows = await selectGroupRoles<PageRow>(db, environmentId, {
    columns: page.columns,
    where: allOf([search, page.after]),
    rest: page.order,
  });
  const followers = await countFollowers(db, environmentId);
  return page.toList(rows, (row) => toGroupRole(row, followers), nextLink);
};
