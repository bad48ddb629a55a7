import type { Actor, BulkResult, ExportDeed } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { From } from '../../http/asked.ts';
import type { Tx } from '../../platform/db.ts';
import { retrying } from '../../platform/transactions.ts';
import { stale } from '../../platform/versions.ts';
import { type Happening, recordActivities } from '../activity/index.ts';
import { type HeldConnections, type HeldExport, holdExports, holdRole } from './hold.ts';
import { type Person, type Refusal, refusal } from './rules.ts';
import { happening } from './tell-activity.ts';

type Input = { params: { environmentId: string }; body: { exportIds: readonly string[] }; from: From };
type Who = { actor: Actor; address: string };

/** What is done with several exports, in statements about all of them: however many there are, there are as many queries. */
type Bulk = {
  deed: ExportDeed;
  /** A connection that is held beside the exports' own. */
  connectionId?: string;
  /** Whether what the exports read from is held as well. */
  sources?: boolean;
  /** Throws when nothing can be done with any of them. */
  require?(person: Person, connections: HeldConnections, tx: Tx): void | Promise<void>;
  /** Another reason than the lack of a right. */
  refuse?(row: HeldExport, connections: HeldConnections): Refusal | undefined;
  /** Changes those that are not refused; gives the ids that the answer calls done, and what the activity log is told. */
  change(
    tx: Tx,
    rows: readonly HeldExport[],
    held: { connections: HeldConnections; who: Who },
  ): Promise<{ done: string[]; told: Happening[] }>;
};

const notThere: Refusal = { code: 'notFound', message: 'There is no such export any more.' };
const moved: Refusal = { code: 'preconditionFailed', message: stale().message };

/** An export gets another connection by somebody else while the locks are taken; this often in a row, hardly ever. */
const attempts = 3;

/** Ends the transaction, so that the next one holds the connections that exports have by then. */
class Moved extends Error {}

/** `isLast` refuses what has moved; any earlier attempt throws Moved instead, before anything is changed. */
const once = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId }, body: { exportIds }, from }: Input,
  bulk: Bulk,
  isLast: boolean,
): Promise<BulkResult> =>
  retrying(db, async (tx) => {
    const who = { actor, address: from.address };
    const person = await holdRole(tx, environmentId, actor);
    const { exports, connections } = await holdExports(tx, person, environmentId, exportIds, {
      more: bulk.connectionId === undefined ? [] : [bulk.connectionId],
      sources: bulk.sources,
    });
    if (!isLast && [...exports.values()].some(({ hasMoved }) => hasMoved)) throw new Moved();
    await bulk.require?.(person, connections, tx);
    const reasonFor = (row: HeldExport | undefined): Refusal | undefined => {
      if (row === undefined) return notThere;
      if (row.hasMoved) return moved;
      return refusal(bulk.deed, person.role, row.access) ?? bulk.refuse?.(row, connections);
    };
    const sorted = exportIds.map((id) => ({ id, row: exports.get(id), reason: reasonFor(exports.get(id)) }));
    const admitted = sorted.flatMap(({ row, reason }) => (row && !reason ? [row] : []));
    const { done, told } =
      admitted.length === 0 ? { done: [], told: [] } : await bulk.change(tx, admitted, { connections, who });
    const denied = sorted.flatMap(({ row, reason }) =>
      row && reason?.code === 'forbidden' ? [happening('access.denied', who, row)] : [],
    );
    await recordActivities(tx, [...told, ...denied]);
    return {
      done,
      refused: sorted.flatMap(({ id, row, reason }) => (reason ? [{ id, name: row?.name ?? null, ...reason }] : [])),
    };
  });

/**
 * Does something with several exports in one transaction: with each that it can be done with, and the others stay as they are,
 * with the reason. Rights and what they rest on are held meanwhile.
 */
export const inBulk = async (house: Pick<House, 'db'>, actor: Actor, input: Input, bulk: Bulk): Promise<BulkResult> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(house, actor, input, bulk, attempt === attempts);
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
    }
  }
};

/** The ids of exports. */
export const idsOf = (rows: readonly HeldExport[]): string[] => rows.map(({ id }) => id);
