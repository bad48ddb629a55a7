import { Prisma } from '../../platform/prisma/client.ts';
import { LeaseLost } from './lease.ts';
import { leaseSeconds } from './rules.ts';

/** What somebody holds: a run as a whole, or one part of it, for as long as nobody counts its fence up. */
export type Hold = { runId: string; number: number | null; fence: number };

/** When a lease that is given or renewed now runs out, by the database's clock. */
export const leaseUntil = Prisma.sql`now() + make_interval(secs => ${leaseSeconds}::integer)`;
/** Nobody works on it. */
export const noLease = Prisma.sql`"worker" = NULL, "leaseUntil" = NULL`;
/** As if nobody had tried it yet. */
export const untried = Prisma.sql`"attempts" = 0, "problem" = NULL, "dueAt" = now(), ${noLease}`;
/** For who watches. */
export const changed = Prisma.sql`"changedAt" = clock_timestamp()`;

/** The run `r` that is held. A run that is over has another fence, unless it is being cleaned. */
export const heldRun = ({ runId, fence }: Hold) => Prisma.sql`r."id" = ${runId}::uuid AND r."fence" = ${fence}`;
/** The part `p` that is held. */
export const heldPart = ({ runId, number, fence }: Hold) =>
  Prisma.sql`p."runId" = ${runId}::uuid AND p."number" = ${number} AND p."fence" = ${fence} AND p."state" = 'working'`;

/** Nothing was written because the right to was lost meanwhile; ends the transaction. */
export const requireOne = <Row>([row]: readonly Row[]): Row => {
  if (row === undefined) throw new LeaseLost();
  return row;
};

export const toJson = (value: unknown) => JSON.stringify(value ?? null);
