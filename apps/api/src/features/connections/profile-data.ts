import type { Connection, ConnectionUsage, NewConnection } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import type { Prisma } from '../../platform/prisma/client.ts';
import type { ByWhom } from './dependents.ts';

/** From which columns profiles are imported, how often, and who may see them beside whoever sets the connection up. */
export type ChosenProfiles = NonNullable<NewConnection['profiles']>;

type Subject = { id: string; environmentId: string; name: string; type: string };

/**
 * The profile data of connections whose type has the capability `profiles`, as far as connections and exports must know. Another slice
 * implements it and house.ts plugs it in, so that neither imports it.
 */
export type ProfileData = {
  /** SQL for how the profile data of the connection `c` stands, which `toldStanding` reads. */
  standingSql: Prisma.Sql;
  /** The same as it is told to who may see the connection; null without profile data. */
  toldStanding(found: unknown): Connection['profiles'];
  /** Of a connection that is being set up: who may see it, and its first import. Throws invalidInput for people who are no members. */
  begin(tx: Tx, connection: Subject, chosen: ChosenProfiles, whom: ByWhom): Promise<void>;
  /** What goes with a connection when it is removed, null without profile data; `etag` names who loses the report. */
  measure(db: Db | Tx, connectionId: string): Promise<{ profiles: ConnectionUsage['profiles']; etag: string }>;
  /** Cancels the import of a connection that was removed; how many there were. Nobody sees the report any more, and nothing is imported. */
  end(tx: Tx, connectionId: string, whom: ByWhom): Promise<number>;
  /** Lets a connection that is back be imported again; its report and who may see it are as they were. */
  resume(tx: Tx, connectionId: string, whom: ByWhom): Promise<void>;
  /** Those of the connections whose rows somebody must not see: they have profile data, and the person has no grant on it. */
  findHidden(
    db: Db,
    environmentId: string,
    personId: string,
    connectionIds: readonly string[],
  ): Promise<ReadonlySet<string>>;
};
