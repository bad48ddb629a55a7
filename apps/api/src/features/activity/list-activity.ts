import type * as contract from '@junction/contracts';
import {
  type Activity,
  ActivityKind,
  type Actor,
  activityFilterFields,
  type Condition,
  Id,
  Timestamp,
} from '@junction/contracts';
import type * as z from 'zod';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { allOf, containsText, readFilter } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { isStorableTime } from '../../platform/storable-time.ts';

type Field = (typeof activityFilterFields)[number];

type Row = PageRow & {
  at: Date;
  kind: string;
  byId: string | null;
  byName: string | null;
  tokenName: string | null;
  subjectType: string;
  subjectId: string | null;
  subjectName: string;
  address: string | null;
  before: Activity['before'];
  after: Activity['after'];
};

const toActivity = (row: Row): Activity => ({
  id: row.pageId,
  at: row.at.toISOString(),
  kind: ActivityKind.parse(row.kind),
  by: row.byId === null ? null : { id: row.byId, name: row.byName ?? '' },
  token: row.tokenName,
  subject: { type: row.subjectType, id: row.subjectId, name: row.subjectName },
  from: row.address,
  before: row.before,
  after: row.after,
});

/** Values of a filter go into typed comparisons, so each must be of its field's kind. */
const requireValues = (values: readonly string[], schema: z.ZodType, message: string): void => {
  if (!values.every((value) => schema.safeParse(value).success)) throw invalidField('filter', 'invalid', message);
};

const Time = Timestamp.refine(isStorableTime);

const toSql = ({ field, operator, values }: Condition<Field>): Prisma.Sql => {
  if (field === 'at') {
    requireValues(values, Time, "Write times as RFC 3339, such as at ge '2026-11-01T00:00:00Z'.");
    return operator === 'ge'
      ? Prisma.sql`"at" >= ${values[0]}::timestamptz`
      : Prisma.sql`"at" < ${values[0]}::timestamptz`;
  }
  if (field === 'byId') {
    requireValues(values, Id, 'byId is the id of a person, a UUID.');
    return Prisma.sql`"byId" IN (${Prisma.join(values.map((value) => Prisma.sql`${value}::uuid`))})`;
  }
  if (field === 'kind') {
    requireValues(values, ActivityKind, `kind is one of ${ActivityKind.options.join(', ')}.`);
    return Prisma.sql`"kind" IN (${Prisma.join(values)})`;
  }
  return Prisma.sql`"subjectId" IN (${Prisma.join(values)})`;
};

/** Characters of a value before or after a change that a list shows; a removal of thousands of exports, or a filter of thousands of values, is kept whole in its row. */
const shownCharacters = 1_000;

/** Values with the long ones cut off, as text: a page of whole ones could be megabytes. */
const shorten = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE((
  SELECT jsonb_object_agg(v."key", CASE WHEN length(v."value"::text) <= ${shownCharacters} THEN v."value"
                                        ELSE to_jsonb(left(v."value"::text, ${shownCharacters}) || '…') END)
    FROM jsonb_each(${column}) v), ${column})`;

/**
 * What happened in an environment, newest first. What people do with their own account belongs to no environment and is not
 * in it: an admin of one need not learn when and from where its members sign in to others.
 */
export const listActivity = async (
  { db }: Pick<House, 'db'>,
  _actor: Actor,
  { params, query, nextLink }: Asked<typeof contract.listActivity>,
): Promise<{ value: Activity[]; nextLink?: string }> => {
  const page = readPage(query, { id: Prisma.sql`"id"` });
  const conditions = readFilter(query.filter, activityFilterFields, (field) =>
    field === 'at' ? ['ge', 'lt'] : ['in'],
  );
  const search = containsText(query.search, [Prisma.sql`"subjectName"`, Prisma.sql`"byName"`]);
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${page.columns}, "at", "kind", "byId"::text AS "byId", "byName", "tokenName", "subjectType", "subjectId",
           "subjectName", "address", ${shorten(Prisma.sql`"before"`)} AS "before", ${shorten(Prisma.sql`"after"`)} AS "after"
      FROM "Activity"
     WHERE "environmentId" = ${params.environmentId}::uuid AND ${allOf([...conditions.map(toSql), search, page.after])}
     ${page.order}`;
  return page.toList(rows, toActivity, nextLink);
};
