import type { ActivityKind } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { type By, recordActivities } from '../activity/index.ts';
import { isForGood } from './rules.ts';
import type { EndedRow } from './run-store.ts';
import type { RunChange } from './work.ts';

/** Tells the activity log and whoever follows runs how some have ended, in the transaction that ends them. */
export const tellEnds = async (
  { runFollower }: Pick<House, 'runFollower'>,
  tx: Tx,
  ended: readonly EndedRow[],
  { by, from }: { by: By; from: string | null } = { by: null, from: null },
): Promise<void> => {
  if (ended.length === 0) return;
  await recordActivities(
    tx,
    ended.filter(isTold).map(({ runId, kind, environmentId, subjectId, subjectName, state, problem, canceled }) => ({
      kind: `${kind === 'export' ? 'run' : 'import'}.${state}` as ActivityKind,
      environmentId,
      by,
      from,
      subject: { type: kind === 'export' ? 'export' : 'connection', id: subjectId, name: subjectName },
      after: {
        run: runId,
        ...(problem === null ? {} : { code: problem.code }),
        ...(canceled === null ? {} : { because: canceled.because }),
      },
    })),
  );
  await runFollower(tx, ended.map(toChange));
};

/** That a scheduled look at a lake found nothing new is no news. */
const isTold = ({ kind, state }: EndedRow): boolean => kind === 'export' || state !== 'skipped';

const toChange = ({
  runId,
  kind,
  subjectId,
  environmentId,
  trigger,
  state,
  problem,
  finishedAt,
}: EndedRow): RunChange => ({
  runId,
  kind,
  subjectId,
  environmentId,
  trigger,
  state,
  problem,
  isPermanent: state === 'failed' && problem !== null && isForGood(problem),
  at: finishedAt,
});
