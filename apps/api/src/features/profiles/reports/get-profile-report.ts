import type * as contract from '@junction/contracts';
import { type Actor, can, type ProfileReport, RunProblem } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { notFound } from '../../../platform/app-error.ts';
import type { Db } from '../../../platform/db.ts';
import { toldProblem } from '../../runs/index.ts';
import { recordView } from '../access/record-view.ts';
import { requireGrant } from '../access/require-grant.ts';
import type { OpenReports } from './open-reports.ts';

/** How often a report may be replaced between being found and being read before that is a fault. */
const replacedAtMost = 3;

/** The report as it is now, without its cells, and opened. */
const findReport = async (db: Db, openReports: OpenReports, connectionId: string, attempts = replacedAtMost) => {
  const row = await db.profileReport.findUnique({ where: { connectionId }, omit: { summary: true, cells: true } });
  if (row === null) throw notFound('profile report');
  const opened = await openReports(row.runId, async () => {
    const stored = await db.profileReport.findUnique({
      where: { connectionId, runId: row.runId },
      select: { summary: true, cells: true },
    });
    return stored ?? undefined;
  });
  if (opened !== undefined) return { row, opened };
  if (attempts === 0) throw new Error('The report is replaced all the time.');
  return findReport(db, openReports, connectionId, attempts - 1);
};

type ImportRow = { runState: string | null; lastRunAt: Date | null; failingSince: Date | null; problem: unknown };

/** The last import that failed after the one that the report is from, also while the next one is under way, or after that was canceled. */
const failedSince = (row: ImportRow | null, importedAt: Date, seesPlaces: boolean): ProfileReport['failedSince'] => {
  if (row === null || row.failingSince === null) return null;
  const at = row.runState === 'failed' ? row.lastRunAt : row.failingSince;
  if (at === null || at < importedAt) return null;
  const problem = toldProblem(RunProblem.nullable().parse(row.problem), seesPlaces, 'import');
  return problem && { at: at.toISOString(), problem };
};

/** A report, whole or filtered, for somebody who was given access to it. That they looked is recorded before they see anything. */
export const getProfileReport = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  openReports: OpenReports,
  actor: Actor,
  { params, query }: Asked<typeof contract.getProfileReport>,
): Promise<ProfileReport> => {
  const { environmentId, connectionId } = params;
  const connection = await requireGrant(db, { environmentId, connectionId, personId: actor.id });
  const [{ row, opened }, lastImport, counts] = await Promise.all([
    findReport(db, openReports, connectionId),
    db.profileImport.findUnique({
      where: { connectionId },
      select: { runState: true, lastRunAt: true, failingSince: true, problem: true },
    }),
    db.profileCount.findMany({ where: { connectionId }, orderBy: { at: 'asc' }, select: { at: true, profiles: true } }),
  ]);
  await recordView(db, { connectionId, person: actor, reportId: row.runId, at: clock.now() });
  return {
    connection,
    id: row.runId,
    dataAsOf: row.dataAsOf?.toISOString() ?? null,
    importedAt: row.importedAt.toISOString(),
    failedSince: failedSince(lastImport, row.importedAt, can(actor, 'connection:read', environmentId)),
    profiles: Number(row.profiles),
    previousProfiles: row.previousProfiles === null ? null : Number(row.previousProfiles),
    threshold: row.threshold,
    ...opened.answer(query),
    trend: counts.map(({ at, profiles }) => ({ at: at.toISOString(), profiles: Number(profiles) })),
  };
};
