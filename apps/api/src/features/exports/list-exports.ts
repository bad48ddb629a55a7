import type { Connector } from '@junction/connectors/runtime';
import type * as contract from '@junction/contracts';
import {
  type Actor,
  type Condition,
  type ExportRow,
  exportFilterFields,
  type exportOrderFields,
  Id,
  planTypes,
} from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { type OrderField, type PageRow, readPage } from '../../platform/keyset.ts';
import { allOf, containsText, readFilter } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { typeLabelSql, typeRankSql } from '../connections/index.ts';
import { findLastRuns } from './find-last-runs.ts';
import { selectExports, typeSql } from './select-exports.ts';
import { statusRankSql, statusSql } from './status-sql.ts';
import { toExportRow } from './views.ts';

/** What the filter calls having no connection. */
const noConnection = 'none';

/** Schedules that are on come first, by the kind of plan; then those that are off but have one; then none. */
const scheduleRankSql = Prisma.sql`(CASE WHEN e."plan" IS NULL THEN ${2 * planTypes.length}::integer ELSE
  (CASE WHEN e."scheduleOn" THEN 0 ELSE ${planTypes.length}::integer END)
  + array_position(${[...planTypes]}::text[], e."plan"->>'type') - 1 END)`;

/** None of them is ever null: what was never refreshed comes before all that was, what has no type or connection before all that have. */
const orderFields = (
  connectors: readonly Connector[],
): Readonly<Record<(typeof exportOrderFields)[number], OrderField>> => ({
  name: { by: Prisma.sql`lower(e."name")`, type: 'text' },
  type: {
    by: Prisma.sql`(CASE WHEN ${typeSql} IS NULL THEN -1 ELSE ${typeRankSql(connectors, typeSql)} END)`,
    type: 'integer',
  },
  status: { by: statusRankSql, type: 'integer' },
  refreshedAt: { by: Prisma.sql`COALESCE(e."refreshedAt", '-infinity')`, type: 'timestamptz' },
  schedule: { by: scheduleRankSql, type: 'integer' },
  connection: { by: Prisma.sql`COALESCE(lower(c."name"), '')`, type: 'text' },
});

const connectionFilter = (values: readonly string[]): Prisma.Sql => {
  const ids = values.filter((value) => value !== noConnection);
  if (!ids.every((id) => Id.safeParse(id).success)) {
    const message = `connection takes ids of connections, or '${noConnection}' for exports without one.`;
    throw invalidField('filter', 'invalid', message);
  }
  const oneOf = Prisma.sql`e."connectionId" = ANY(${ids}::uuid[])`;
  return values.includes(noConnection) ? Prisma.sql`(e."connectionId" IS NULL OR ${oneOf})` : oneOf;
};

const toSql = ({ field, values }: Condition<(typeof exportFilterFields)[number]>): Prisma.Sql => {
  if (field === 'connection') return connectionFilter(values);
  return Prisma.sql`${field === 'status' ? statusSql : typeSql} IN (${Prisma.join(values)})`;
};

/**
 * The text stands in the name of an export, in that of its connection, lost ones too, or in what the type is called. Connections
 * are searched first, as there are few: to look at three texts of each of a hundred thousand exports takes twice as long.
 */
const searchSql = (connectors: readonly Connector[], environmentId: string, text: string | undefined): Prisma.Sql => {
  if (text === undefined || text === '') return Prisma.sql`TRUE`;
  const inConnection = (name: Prisma.Sql, type: Prisma.Sql) =>
    containsText(text, [name, typeLabelSql(connectors, type)]);
  return Prisma.sql`(${containsText(text, [Prisma.sql`e."name"`])}
    OR e."connectionId" IN (
      SELECT k."id" FROM "Connection" k
       WHERE k."environmentId" = ${environmentId}::uuid AND ${inConnection(Prisma.sql`k."name"`, Prisma.sql`k."type"`)})
    OR (e."connectionId" IS NULL AND ${inConnection(Prisma.sql`e."lostConnectionName"`, Prisma.sql`e."lostConnectionType"`)}))`;
};

/** A page of an environment's exports, in one query, and their last runs in another. A text is looked for in names, in connections, lost ones too, and in what types are called. */
export const listExports = async (
  { db, clock, connectors }: Pick<House, 'db' | 'clock' | 'connectors'>,
  actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listExports>,
): Promise<{ value: ExportRow[]; nextLink?: string }> => {
  const page = readPage(query, {
    id: Prisma.sql`e."id"`,
    order: { fields: orderFields(connectors), usual: { field: 'name', descending: false } },
  });
  const found = searchSql(connectors, environmentId, query.search);
  const rows = await selectExports<PageRow>(db, actor, environmentId, {
    columns: page.columns,
    where: allOf([...readFilter(query.filter, exportFilterFields).map(toSql), found, page.after]),
    rest: page.order,
  });
  const person = { id: actor.id, role: actor.memberships[environmentId] ?? 'viewer' };
  const seen = { runs: await findLastRuns(db, actor, environmentId, rows), now: clock.now() };
  return page.toList(rows, (row) => toExportRow(row, person, seen), nextLink);
};
