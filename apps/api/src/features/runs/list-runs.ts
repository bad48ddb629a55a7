import type * as contract from '@junction/contracts';
import {
  type Actor,
  type Condition,
  can,
  Id,
  type Run,
  RunTrigger,
  runFilterFields,
  runStates,
  Timestamp,
} from '@junction/contracts';
import * as z from 'zod';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { allOf, readFilter } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { isStorableTime } from '../../platform/storable-time.ts';
import { selectRuns } from './select-runs.ts';
import { toRun } from './views.ts';

type Field = (typeof runFilterFields)[number];

/** What the values of each field are, and how that is said. */
const values: Readonly<Record<Field, [schema: z.ZodType, message: string]>> = {
  export: [Id, 'export is the id of an export, a UUID.'],
  state: [z.enum(runStates), `state is one of ${runStates.join(', ')}.`],
  trigger: [RunTrigger, `trigger is one of ${RunTrigger.options.join(', ')}.`],
  queuedAt: [Timestamp.refine(isStorableTime), "Write times as RFC 3339, such as queuedAt ge '2026-11-01T00:00:00Z'."],
};

const toSql = ({ field, operator, values: given }: Condition<Field>): Prisma.Sql => {
  const [schema, message] = values[field];
  if (!given.every((value) => schema.safeParse(value).success)) throw invalidField('filter', 'invalid', message);
  if (field === 'export') return Prisma.sql`r."subjectId" = ANY(${given}::uuid[])`;
  if (field === 'queuedAt')
    return Prisma.sql`r."queuedAt" ${Prisma.raw(operator === 'ge' ? '>=' : '<')} ${given[0]}::timestamptz`;
  return Prisma.sql`r.${Prisma.raw(`"${field}"`)} IN (${Prisma.join(given)})`;
};

/** The runs of the exports of an environment, newest first. */
export const listRuns = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listRuns>,
): Promise<{ value: Run[]; nextLink?: string }> => {
  const page = readPage(query, { id: Prisma.sql`r."id"` });
  const conditions = readFilter(query.filter, runFilterFields, (field) =>
    field === 'queuedAt' ? ['ge', 'lt'] : ['in'],
  );
  const rows = await selectRuns<PageRow>(db, {
    columns: page.columns,
    where: allOf([
      Prisma.sql`r."environmentId" = ${environmentId}::uuid AND r."kind" = 'export'`,
      ...conditions.map(toSql),
      page.after,
    ]),
    rest: page.order,
  });
  const seesPlaces = can(actor, 'connection:read', environmentId);
  return page.toList(rows, (row) => toRun(row, seesPlaces), nextLink);
};
