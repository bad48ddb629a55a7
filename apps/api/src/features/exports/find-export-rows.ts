import type { Actor, ExportRow } from '@junction/contracts';
import type { House } from '../../house.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { findLastRuns } from './find-last-runs.ts';
import { selectExports } from './select-exports.ts';
import { toExportRow } from './views.ts';

/** Exports of an environment by their ids as somebody sees them, for other slices; two queries, however many there are. */
export const findExportRows = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  environmentId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ExportRow>> => {
  if (ids.length === 0) return new Map();
  const rows = await selectExports(db, actor, environmentId, { where: Prisma.sql`e."id" = ANY(${[...ids]}::uuid[])` });
  const person = { id: actor.id, role: actor.memberships[environmentId] ?? 'viewer' };
  const seen = { runs: await findLastRuns(db, actor, environmentId, rows), now: clock.now() };
  return new Map(rows.map((row) => [row.id, toExportRow(row, person, seen)]));
};
