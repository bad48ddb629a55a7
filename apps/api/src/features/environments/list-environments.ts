import type * as contract from '@junction/contracts';
import type { Actor, Environment } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { containsText } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { selectEnvironments } from './store.ts';
import { toEnvironment } from './views.ts';

const byName = {
  fields: { name: { by: Prisma.sql`lower(e."name")`, type: 'text' } },
  usual: { field: 'name', descending: false },
} as const;

/** The environments that the actor belongs to, by name. */
export const listEnvironments = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { query, nextLink }: Asked<typeof contract.listEnvironments>,
): Promise<{ value: Environment[]; nextLink?: string }> => {
  const page = readPage(query, { id: Prisma.sql`e."id"`, order: byName });
  const rows = await selectEnvironments<PageRow>(db, actor.id, {
    columns: page.columns,
    where: Prisma.sql`${containsText(query.search, [Prisma.sql`e."name"`])} AND ${page.after}`,
    rest: page.order,
  });
  return page.toList(rows, toEnvironment, nextLink);
};
