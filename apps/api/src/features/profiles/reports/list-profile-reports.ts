import type * as contract from '@junction/contracts';
import type { Actor, ProfileReportRef } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { findGranted } from '../access/require-grant.ts';

/** The reports that somebody was given access to, by name; also of connections that were not imported yet. */
export const listProfileReports = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId } }: Asked<typeof contract.listProfileReports>,
): Promise<{ value: ProfileReportRef[] }> => {
  const connections = await findGranted(db, environmentId, actor.id);
  const of = { connectionId: { in: connections.map(({ id }) => id) } };
  const [rows, failed] = await Promise.all([
    db.profileReport.findMany({
      where: of,
      select: { connectionId: true, profiles: true, dataAsOf: true, importedAt: true },
    }),
    db.profileImport.findMany({ where: { ...of, failingSince: { not: null } }, select: { connectionId: true } }),
  ]);
  const reports = new Map(rows.map((row) => [row.connectionId, row]));
  return {
    value: connections.map((connection) => {
      const report = reports.get(connection.id);
      return {
        connection,
        profiles: report === undefined ? null : Number(report.profiles),
        dataAsOf: report?.dataAsOf?.toISOString() ?? null,
        importedAt: report?.importedAt.toISOString() ?? null,
        hasFailed: failed.some(({ connectionId }) => connectionId === connection.id),
      };
    }),
  };
};
