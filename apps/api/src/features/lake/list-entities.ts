import type * as contract from '@junction/contracts';
import { type Actor, can, type Entity, entityFilterFields, Id } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { allOf, containsText, readFilter } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { type EntityRow, toEntity } from './views.ts';

/** Of a group and of a name this many characters decide the order; a token that says where a page starts has to stay short. */
const orderedCharacters = 70;

/** groupOf in SQL; a regular expression takes as long as the rest of the list. */
const groupSql = Prisma.sql`left(e."model", GREATEST(length(e."model") - NULLIF(position('/' IN reverse(e."model")), 0), 0))`;

const filterSql = (filter: string | undefined): Prisma.Sql =>
  allOf(
    readFilter(filter, entityFilterFields).map(({ values }) => {
      if (!values.every((value) => Id.safeParse(value).success))
        throw invalidField('filter', 'invalid', 'Compare source with ids of connections.');
      return Prisma.sql`e."connectionId" = ANY(${values}::uuid[])`;
    }),
  );

/** A page of the entities of an environment's sources, by source, group and name, in one query that leaves columns and partitions alone. */
export const listEntities = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listEntities>,
): Promise<{ value: Entity[]; nextLink?: string }> => {
  const page = readPage(query, {
    id: Prisma.sql`e."id"`,
    order: {
      fields: {
        place: {
          by: Prisma.sql`jsonb_build_array(lower(c."name"), left(${groupSql}, ${orderedCharacters}), left(lower(e."name"), ${orderedCharacters}))`,
          type: 'jsonb',
        },
      },
      usual: { field: 'place', descending: false },
    },
  });
  const rows = await db.$queryRaw<(EntityRow & PageRow)[]>`
    SELECT e."id"::text AS "id", e."connectionId"::text AS "connectionId", c."name" AS "sourceName", e."model", e."name",
           e."description", e."columnCount", e."partitionCount", e."rowCount", e."bytes", e."refreshedAt", e."problem",
           e."goneAt", ${page.columns}
      FROM "Entity" e JOIN "Connection" c ON c."id" = e."connectionId" AND c."removedAt" IS NULL
     WHERE e."environmentId" = ${environmentId}::uuid AND e."goneAt" IS NULL AND ${filterSql(query.filter)}
       AND ${containsText(query.search, [Prisma.sql`e."name"`, Prisma.sql`COALESCE(e."description", '')`, Prisma.sql`c."name"`])}
       AND ${page.after} ${page.order}`;
  const seesPlaces = can(actor, 'connection:read', environmentId);
  return page.toList(rows, (row) => toEntity(row, seesPlaces), nextLink);
};
