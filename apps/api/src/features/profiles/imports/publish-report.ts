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
  await tx.profileReport.upsert({ where: { connectionId }, create: { connectionId, ...data }, update: data });
  await tx.profileCount.create({ data: { connectionId, at: importedAt, profiles: report.profiles } });
};
