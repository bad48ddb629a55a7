import type * as contract from '@junction/contracts';
import { type Actor, type Member, memberFilterFields, roles } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { type OrderField, type PageRow, readPage } from '../../platform/keyset.ts';
import { allOf, containsText, readFilter } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { selectMembers } from './store.ts';
import { toMember } from './views.ts';

const strength = Prisma.sql`array_position(ARRAY[${Prisma.join([...roles])}]::text[], m."role")`;

const filtered = { role: Prisma.sql`m."role"`, kind: Prisma.sql`p."kind"` } satisfies Record<
  (typeof memberFilterFields)[number],
  Prisma.Sql
>;

const order = {
  fields: {
    name: { by: Prisma.sql`lower(p."name")`, type: 'text' },
    email: { by: Prisma.sql`p."email"`, type: 'text' },
    role: { by: strength, type: 'integer' },
    addedAt: { by: Prisma.sql`m."addedAt"`, type: 'timestamptz' },
  } satisfies Record<(typeof contract.memberOrderFields)[number], OrderField>,
  usual: { field: 'name', descending: false },
} as const;

/** The members of an environment, by name unless another order is asked for; `search` looks at names and e-mail addresses. */
export const listMembers = async (
  { db }: Pick<House, 'db'>,
  _actor: Actor,
  { params, query, nextLink }: Asked<typeof contract.listMembers>,
): Promise<{ value: Member[]; nextLink?: string }> => {
  const page = readPage(query, { id: Prisma.sql`p."id"`, order });
  const filters = readFilter(query.filter, memberFilterFields).map(
    ({ field, values }) => Prisma.sql`${filtered[field]} IN (${Prisma.join(values)})`,
  );
  const search = containsText(query.search, [Prisma.sql`p."name"`, Prisma.sql`p."email"`]);
  const rows = await selectMembers<PageRow>(db, params.environmentId, {
    columns: page.columns,
    where: allOf([...filters, search, page.after]),
    rest: page.order,
  });
  return page.toList(rows, toMember, nextLink);
};
