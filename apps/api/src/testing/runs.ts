import { isRunLive, type RunState } from '@junction/contracts';
import type { House } from '../house.ts';
import { newId } from '../platform/ids.ts';
import type { Prisma } from '../platform/prisma/client.ts';

type Made = { id: string; environmentId: string; name: string; connectionId: string | null };

const phases = { queued: 'waiting', processing: 'moving' } as const;

/** A run of an export as a row of the ledger, in this state, which the export shows then; `over` says what else it is like. */
export const makeRun = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  made: Made,
  state: RunState,
  over: Partial<Prisma.RunUncheckedCreateInput> = {},
) => {
  const now = clock.now();
  const run = await db.run.create({
    data: {
      id: newId(),
      kind: 'export',
      environmentId: made.environmentId,
      subjectId: made.id,
      subjectName: made.name,
      connectionId: made.connectionId ?? newId(),
      connectionName: 'Contoso lake',
      connectionType: 'fake',
      trigger: 'manual',
      priority: 0,
      state,
      phase: state === 'queued' || state === 'processing' ? phases[state] : 'over',
      startedAt: state === 'queued' ? null : now,
      finishedAt: isRunLive(state) ? null : now,
      ...over,
    },
  });
  await db.export.update({ where: { id: made.id }, data: { lastRunId: run.id, runState: state } });
  return run;
};
