import type { Connector } from '@junction/connectors/runtime';
import { Prisma } from '../../platform/prisma/client.ts';

/** A word per type in SQL; people search and sort by labels, which only the connectors know. */
const byType = (
  connectors: readonly Connector[],
  type: Prisma.Sql,
  word: (connector: Connector) => Prisma.Sql,
  other: Prisma.Sql,
) =>
  connectors.length === 0
    ? other
    : Prisma.sql`(CASE ${type} ${Prisma.join(
        connectors.map((connector) => Prisma.sql`WHEN ${connector.manifest.type} THEN ${word(connector)}`),
        ' ',
      )} ELSE ${other} END)`;

/** What people call a type of connection, in SQL; `type` is the expression of the type. */
export const typeLabelSql = (connectors: readonly Connector[], type: Prisma.Sql): Prisma.Sql =>
  byType(connectors, type, ({ manifest }) => Prisma.sql`${manifest.label}::text`, type);

/** Where the label of a type stands among all of them, in SQL; types that no connector has come last. */
export const typeRankSql = (connectors: readonly Connector[], type: Prisma.Sql): Prisma.Sql => {
  const labels = connectors.map(({ manifest }) => manifest.label).sort((one, other) => one.localeCompare(other, 'en'));
  return byType(
    connectors,
    type,
    ({ manifest }) => Prisma.sql`${labels.indexOf(manifest.label)}::integer`,
    Prisma.sql`${labels.length}::integer`,
  );
};
