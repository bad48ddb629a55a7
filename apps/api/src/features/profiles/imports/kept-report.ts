import type { StoredReport } from '@junction/profiles';
import type { Tx } from '../../../platform/db.ts';

/** A report on its way from who made it to who publishes it. */
type MadeReport = StoredReport & { profiles: number };

/** As a part keeps it: JSON has no bytes. */
export const toKept = ({ cells, ...rest }: MadeReport): unknown => ({
  ...rest,
  cells: Buffer.from(cells).toString('base64'),
});

export const fromKept = (kept: unknown): MadeReport => {
  const { cells, ...rest } = kept as Omit<MadeReport, 'cells'> & { cells: string };
  return { ...rest, cells: Buffer.from(cells, 'base64') };
};

/** Removes what the parts of an import keep: the report has it by then, or nobody will. */
export const forgetKept = (tx: Pick<Tx, '$executeRaw'>, runId: string) => tx.$executeRaw`
  UPDATE "RunPart" SET "result" = NULL WHERE "runId" = ${runId}::uuid AND "result" IS NOT NULL`;
