import type { Prisma } from '../../platform/prisma/client.ts';

/**
 * What depends on connections, as far as connections must know: how much there is, and what a removal does to it. Another
 * slice implements it and house.ts plugs it in, so that connections import nobody above them.
 */
export type Dependents = {
  /** SQL for the number of exports that write to the connection `c` or read from it. */
  usedBySql: Prisma.Sql;
};
