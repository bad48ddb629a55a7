import type { ConnectionUsage, ListQuery } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import type { NextLink } from '../../platform/keyset.ts';
import type { Prisma } from '../../platform/prisma/client.ts';
import type { By } from '../activity/index.ts';

/** Who takes something away or gives it back, when, and from which network address. */
export type ByWhom = { by: NonNullable<By>; at: Date; from: string };

/** A connection that is going away: what is remembered of it, by whom, and of which removal it is a part. */
export type Loss = ByWhom & {
  connection: { id: string; environmentId: string; name: string; type: string };
  removalId: string;
};

/** Which exports it is about, and how many of their runs were canceled. */
export type Lost = { ids: string[]; canceledRuns: number };
type Named = { id: string; name: string };

/**
 * What depends on connections, as far as connections must know. Another slice implements it and house.ts plugs it in, so that
 * connections import nobody above them. Everything that writes is one statement, however many there are.
 */
export type Dependents = {
  /** SQL for the number of exports that write to the connection `c` or read from it. */
  usedBySql: Prisma.Sql;
  /** A page of everything that depends on a connection. */
  readUsage(
    db: Db,
    connection: { environmentId: string; connectionId: string },
    query: Pick<ListQuery, 'search' | 'filter' | 'maxpagesize' | 'skiptoken'>,
    nextLink: NextLink,
  ): Promise<Omit<ConnectionUsage, 'profiles' | 'undoDays'>>;
  /** Keeps everybody from changing what depends on a connection until the transaction ends; the connection is locked by then. */
  hold(tx: Tx, connectionId: string): Promise<void>;
  /** The same set in numbers, and its etag. */
  measure(db: Db | Tx, connectionId: string): Promise<Pick<ConnectionUsage, 'counts' | 'liveRuns' | 'etag'>>;
  /** Takes the connection away from whatever writes to it; it is remembered. */
  lose(tx: Tx, loss: Loss): Promise<Lost>;
  /** Lets whatever writes to the connection write to another one from now on; the old one is remembered. */
  move(tx: Tx, loss: Loss, toId: string): Promise<Lost>;
  /**
   * Counts anew how many sources the exports lack that read from the connection, after it went or came back. Returns those that
   * lack some, and how many others lacked some before.
   */
  recountSources(tx: Tx, connectionId: string, whom: ByWhom): Promise<Lost & { withSource: number }>;
  /** Gives the connection back to whatever still lacks it because of the removal; names the others that had lost it through it. */
  regain(
    tx: Tx,
    restored: { connectionId: string; removalId: string; at: Date },
  ): Promise<{ reattached: Named[]; left: Named[] }>;
  /** How many `regain` would give it back to, by removal. */
  countRegainable(db: Db, removalIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
};
