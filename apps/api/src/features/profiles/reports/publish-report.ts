import type { StoredReport } from '@junction/profiles';
import type { Tx } from '../../../platform/db.ts';
import type { Prisma } from '../../../platform/prisma/client.ts';

type NewReport = StoredReport & {
  connectionId: string;
  runId: string;
  importedAt: Date;
  dataAsOf: Date | null;
  profiles: number;
  threshold: number;
};

/** Numbers of a trend that are kept: with the usual interval those of more than three months, and more points than a chart can show. */
export const keptProfileCounts = 400;

/** Puts a report in the place of the one before, and its number of profiles into the trend. */
export const publishReport = async (tx: Tx, report: NewReport): Promise<void> => {
  const { connectionId, importedAt, summary, cells, ...rest } = report;
  const before = await tx.profileReport.findUnique({ where: { connectionId }, select: { profiles: true } });
  const data = {
    ...rest,
    importedAt,
    previousProfiles: before?.profiles ?? null,
    summary: summary as unknown as Prisma.InputJsonObject,
    cells: Buffer.from(cells),
  };
  await tx.profileReport.upsert({
    where: { connectionId },
    create: { connectionId, ...data },
    update: data,
    select: { connectionId: true },
  });
  const count = { profiles: report.profiles };
  await tx.profileCount.upsert({
    where: { connectionId_at: { connectionId, at: importedAt } },
    create: { connectionId, at: importedAt, ...count },
    update: count,
    select: { connectionId: true },
  });
  await tx.$executeRaw`
    DELETE FROM "ProfileCount" WHERE "connectionId" = ${connectionId}::uuid AND "at" < (
      SELECT min(k."at") FROM (
        SELECT "at" FROM "ProfileCount" WHERE "connectionId" = ${connectionId}::uuid ORDER BY "at" DESC LIMIT ${keptProfileCounts}
      ) k)`;
};
