import type { Actor, Export } from '@junction/contracts';
import type { House } from '../../house.ts';
import { notFound } from '../../platform/app-error.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { findEntityStates } from '../lake/index.ts';
import { findLastRuns } from './find-last-runs.ts';
import { selectExports } from './select-exports.ts';
import { findChoices } from './store.ts';
import { toExport } from './views.ts';

type Input = { params: { environmentId: string; exportId: string } };

/** One export of the environment with its definition, and what is wrong with each of its entities; throws notFound for any other. */
export const getExport = async (
  { db, clock, profileData }: Pick<House, 'db' | 'clock' | 'profileData'>,
  actor: Actor,
  { params: { environmentId, exportId } }: Input,
): Promise<Export> => {
  const [row] = await selectExports(db, actor, environmentId, { where: Prisma.sql`e."id" = ${exportId}::uuid` });
  if (row === undefined) throw notFound('export');
  const choices = await findChoices(db, exportId);
  const states = await findEntityStates(
    db,
    environmentId,
    choices.map(({ entityId }) => entityId),
  );
  const sourceIds = [...new Set(choices.map(({ connectionId }) => connectionId))];
  const hidden = await profileData.findHidden(db, environmentId, actor.id, sourceIds);
  const person = { id: actor.id, role: actor.memberships[environmentId] ?? 'viewer' };
  const runs = await findLastRuns(db, actor, environmentId, [row]);
  return toExport(row, person, { choices, states, hidden, runs, now: clock.now() });
};
