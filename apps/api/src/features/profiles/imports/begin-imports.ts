import type { PersonRef, ProfileMapping } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Tx } from '../../../platform/db.ts';
import { cancelRuns } from '../../runs/index.ts';
import { type ImportSubject, requestImport } from './request-imports.ts';
import { nextLookAfter } from './schedule.ts';

type Needs = Pick<House, 'runFollower'>;
type Whom = { by: PersonRef; at: Date; from: string };
type Begin = { connection: ImportSubject; mapping: ProfileMapping; everyHours: number; by: PersonRef; at: Date };

/** Lets the profile data of a connection be imported, in the transaction that sets the connection up: now, and then by its schedule. */
export const beginImports = async (
  house: Needs,
  tx: Tx,
  { connection, mapping, everyHours, by, at }: Begin,
): Promise<void> => {
  await tx.profileImport.create({
    data: {
      connectionId: connection.id,
      environmentId: connection.environmentId,
      mapping,
      everyHours,
      nextRunAt: nextLookAfter(at, everyHours),
    },
  });
  await requestImport(house, tx, connection, { trigger: 'manual', by });
};

/** Ends the imports of a connection that is removed; how many were canceled. One that is being published ends by itself. */
export const endImports = async (
  house: Needs,
  tx: Tx,
  connectionId: string,
  { by, at, from }: Whom,
): Promise<number> => {
  const { canceled } = await cancelRuns(
    house,
    tx,
    { subjectIds: [connectionId] },
    { because: 'connectionRemoved', by, at, from },
  );
  await tx.profileImport.updateMany({ where: { connectionId }, data: { nextRunAt: null } });
  return canceled.length;
};

/** Lets the profile data of a connection that is back be imported again: it is looked at soon, and read when it changed meanwhile. */
export const resumeImports = async (tx: Tx, connectionId: string, now: Date): Promise<void> => {
  await tx.profileImport.updateMany({ where: { connectionId }, data: { nextRunAt: now } });
};
