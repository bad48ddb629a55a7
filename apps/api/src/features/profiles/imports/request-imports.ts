import type { PersonRef, RunTrigger } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Tx } from '../../../platform/db.ts';
import { requestRuns } from '../../runs/index.ts';

/** A connection whose profile data is imported. */
export type ImportSubject = { id: string; environmentId: string; name: string; type: string };

/**
 * Asks for an import of a connection. Undefined while one is waiting or under way already: it is enough. Runs come before what profile
 * data shows of them, here as everywhere, so nobody may hold a ProfileImport that others know when calling this.
 */
export const requestImport = async (
  house: Pick<House, 'runFollower'>,
  tx: Tx,
  { environmentId, ...connection }: ImportSubject,
  { trigger, by }: { trigger: RunTrigger; by: PersonRef | null },
): Promise<string | undefined> => {
  const { id: subjectId, name: subjectName } = connection;
  const [run] = await requestRuns(house, tx, [
    { kind: 'import', environmentId, subjectId, subjectName, connection, trigger, by },
  ]);
  return run?.runId;
};
