import type { House } from '../../../house.ts';
import type { Tx } from '../../../platform/db.ts';
import type { MovedPart, RunSteps, RunTask } from '../../runs/index.ts';
import { publishReport } from '../reports/publish-report.ts';
import { forgetKept, fromKept } from './kept-report.ts';
import type { ImportPlan } from './plan.ts';
import { prepareImport } from './prepare-import.ts';
import { readProfiles } from './read-profiles.ts';

type Needs = Pick<
  House,
  'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits' | 'env' | 'spool' | 'engine'
>;

/** Puts the report of a run in the place of the one before. Under the right to end the run, which whoever came late has lost. */
const reveal = async ({ clock }: Needs, tx: Tx, run: RunTask, parts: readonly MovedPart[]): Promise<void> => {
  const { threshold, dataAsOf, fingerprint } = run.plan as ImportPlan;
  const { profiles, summary, cells } = fromKept(parts[0]?.result);
  const { subjectId: connectionId, id: runId } = run;
  await publishReport(tx, {
    connectionId,
    runId,
    importedAt: clock.now(),
    dataAsOf: dataAsOf === null ? null : new Date(dataAsOf),
    profiles,
    threshold,
    summary,
    cells,
  });
  await tx.profileImport.updateMany({ where: { connectionId }, data: { fingerprint } });
  await forgetKept(tx, runId);
};

/** What is done in the steps of an import. Nothing is staged anywhere: what a part keeps of the report is forgotten when the run is over. */
export const createImportSteps = (house: Needs): RunSteps => ({
  prepare: (run, lease) => prepareImport(house, run, lease),
  count: () => Promise.reject(new Error('Imports count while they read.')),
  judge: () => undefined,
  move: (run, part, lease) => readProfiles(house, run, part, lease),
  publish: async (run, parts) => ({ written: null, reveal: (tx) => reveal(house, tx, run, parts) }),
  // Nothing is visible before the transaction that ends the run, so there is nothing to take back.
  giveUp: async () => undefined,
  clean: async (run) => {
    await forgetKept(house.db, run.id);
    return { removedRunIds: [] };
  },
  foldersOf: () => [],
});
