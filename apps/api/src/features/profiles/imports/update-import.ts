import { isDeepStrictEqual } from 'node:util';
import type * as contract from '@junction/contracts';
import type { Actor, ProfileImport, ProfileMapping } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { invalidField } from '../../../platform/app-error.ts';
import type { Db, Tx } from '../../../platform/db.ts';
import { retrying } from '../../../platform/transactions.ts';
import { byOf, changes, recordActivity } from '../../activity/index.ts';
import { findKnownCustomers } from '../../lake/index.ts';
import { findProfileConnection, lockProfileConnection } from '../access/with-profiles.ts';
import { noImport, readImport } from './get-import.ts';
import { findImport } from './import-store.ts';
import { missingColumn } from './plan.ts';
import { requestImport } from './request-imports.ts';
import { nextLookAfter } from './schedule.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'clock' | 'runFollower' | 'wakeRuns'>;

/** As long as nothing was read of the lake, nobody knows its columns: the import says then what is missing. */
const requireColumns = async (db: Db, connectionId: string, mapping: ProfileMapping): Promise<void> => {
  const customers = await findKnownCustomers(db, connectionId);
  const missing = customers && missingColumn(mapping, customers.columns);
  if (missing === undefined) return;
  const message = `The customers have no column "${missing.column}". Choose one that they have.`;
  throw invalidField(`mapping.${missing.trait}`, 'unknown', message);
};

/** Holds what is known of the import until the transaction ends. After the runs, like everybody. */
const lockImport = (tx: Tx, connectionId: string) =>
  tx.$executeRaw`SELECT 1 FROM "ProfileImport" WHERE "connectionId" = ${connectionId}::uuid FOR NO KEY UPDATE`;

/**
 * Changes how profile data is imported. Another mapping is imported at once, or as soon as that is possible: after the import that is
 * under way, and after the environment is resumed.
 */
export const updateProfileImport = async (
  house: Needs,
  actor: Actor,
  { params, body, from }: Pick<Asked<typeof contract.updateProfileImport>, 'params' | 'body' | 'from'>,
): Promise<ProfileImport> => {
  const { id: connectionId } = await findProfileConnection(house, params);
  if (body.mapping) await requireColumns(house.db, connectionId, body.mapping);
  const by = byOf(actor);
  const isQueued = await retrying(house.db, async (tx) => {
    // Nobody else changes it meanwhile: they all hold the connection.
    const connection = await lockProfileConnection(house, tx, params);
    const row = await findImport(tx, connectionId);
    if (row === undefined) throw noImport();
    const before = { mapping: row.mapping as ProfileMapping, everyHours: row.everyHours };
    const after = { mapping: body.mapping ?? before.mapping, everyHours: body.everyHours ?? before.everyHours };
    if (isDeepStrictEqual(before, after)) return false;
    const isOther = !isDeepStrictEqual(before.mapping, after.mapping);
    const runId =
      isOther && !row.isEnvironmentPaused
        ? await requestImport(house, tx, connection, { trigger: 'manual', by })
        : undefined;
    await lockImport(tx, connectionId);
    const now = house.clock.now();
    const nextRunAt = isOther && runId === undefined ? now : nextLookAfter(now, after.everyHours);
    await tx.profileImport.update({ where: { connectionId }, data: { ...after, nextRunAt } });
    await recordActivity(tx, {
      kind: 'import.updated',
      environmentId: connection.environmentId,
      by,
      from: from.address,
      subject: { type: 'connection', id: connectionId, name: connection.name },
      ...changes(before, after),
    });
    return runId !== undefined;
  });
  if (isQueued) house.wakeRuns();
  return readImport(house, connectionId);
};
