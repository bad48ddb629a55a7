import type { CatalogPartition, CatalogProblem } from '@junction/cdm';
import type { EntityColumn } from '@junction/contracts';
import type { House } from '../../house.ts';
import { readClaimed } from './read-claimed.ts';
import type { FailedReading } from './read-source.ts';
import { claimOne, findReadings } from './store.ts';
import { untilRead } from './until-read.ts';
import { entityProblem } from './views.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits'>;

/** An entity as its source describes it now. Its files are pinned by their ETags. */
export type EntityNow = {
  id: string;
  name: string;
  connectionId: string;
  columns: EntityColumn[];
  partitions: CatalogPartition[];
  /** Why it cannot be read, in the words for who may see where its source lies. */
  problem: CatalogProblem | null;
};

/** What of an environment's sources is to be known, as of when. */
export type Wanted = {
  environmentId: string;
  connectionIds: readonly string[];
  entityIds: readonly string[];
  since: Date;
};

/** A source is read this often before somebody gives up who finds it changed every time. */
const attempts = 5;

const isFailed = (problem: unknown): problem is FailedReading =>
  typeof problem === 'object' && problem !== null && 'isTransient' in problem;

const changing: FailedReading = {
  code: 'sourceBusy',
  message: 'The connection that it is read from was changed over and over while it was read.',
  isTransient: true,
};

/** Sees to it that what is known of a source is from a reading that began after `since`; tells why not when it cannot be read. */
const freshen = async (
  house: Needs,
  { environmentId, since }: Wanted,
  connectionId: string,
  signal: AbortSignal,
): Promise<FailedReading | undefined> => {
  for (let attempt = 1; attempt <= attempts; ) {
    const [known] = await findReadings(house.db, environmentId, [connectionId]);
    // Its entities are told to be gone.
    if (known === undefined) return undefined;
    if (known.isCurrent && known.readAt !== null && known.readAt >= since)
      return isFailed(known.problem) ? known.problem : undefined;
    const claim = await claimOne(house.db, house.clock.now(), connectionId);
    if (claim === undefined) {
      await untilRead(house, connectionId, signal);
      continue;
    }
    attempt += 1;
    let read: FailedReading | 'nothing' | undefined = 'nothing';
    await readClaimed(house, claim, signal, async (_tx, { outcome }) => {
      read = 'failed' in outcome ? outcome.failed : undefined;
    });
    // This reading began after `since` whatever the clocks of other machines say.
    if (read !== 'nothing') return read;
  }
  return changing;
};

/**
 * Entities as their sources describe them at a moment after `since`. Who asks for the same source at the same time shares one reading. An
 * entity whose source is removed is missing; `failed` says why a source could not be read, by its connection.
 */
export const readForRun = async (
  house: Needs,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<{ entities: Map<string, EntityNow>; failed: Map<string, FailedReading> }> => {
  const failed = new Map<string, FailedReading>();
  for (const connectionId of new Set(wanted.connectionIds)) {
    const failure = await freshen(house, wanted, connectionId, signal);
    if (failure) failed.set(connectionId, failure);
  }
  const rows = await house.db.entity.findMany({
    where: {
      environmentId: wanted.environmentId,
      id: { in: [...wanted.entityIds] },
      connection: { removedAt: null },
    },
    select: { id: true, name: true, connectionId: true, columns: true, partitions: true, goneAt: true, problem: true },
  });
  const entities = rows.map((row): [string, EntityNow] => [
    row.id,
    {
      id: row.id,
      name: row.name,
      connectionId: row.connectionId,
      columns: row.columns as EntityColumn[],
      partitions: row.partitions as CatalogPartition[],
      problem: entityProblem(row, true),
    },
  ]);
  return { entities: new Map(entities), failed };
};
