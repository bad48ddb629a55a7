import type { House } from '../../../house.ts';
import { notFound } from '../../../platform/app-error.ts';
import type { Db, Tx } from '../../../platform/db.ts';

type Connectors = Pick<House, 'connectors'>;

/** The types of connections that have profile data. */
export const typesWithProfiles = ({ connectors }: Connectors): string[] =>
  connectors.filter(({ manifest }) => manifest.capabilities.includes('profiles')).map(({ manifest }) => manifest.type);

type ProfileConnection = { id: string; environmentId: string; name: string; type: string };
type Place = { environmentId: string; connectionId: string };

const orNotFound = (row: ProfileConnection | undefined): ProfileConnection => {
  if (row === undefined) throw notFound('connection with profile data');
  return row;
};

/** A connection that has profile data; throws notFound for any other, and for one that is removed. */
export const findProfileConnection = async (
  house: Connectors & { db: Db },
  { environmentId, connectionId }: Place,
): Promise<ProfileConnection> => {
  const row = await house.db.connection.findFirst({
    where: { id: connectionId, environmentId, removedAt: null, type: { in: typesWithProfiles(house) } },
    select: { id: true, environmentId: true, name: true, type: true },
  });
  return orNotFound(row ?? undefined);
};

/** The same, held until the transaction ends: whoever else changes who may see its profile data waits, and so does a removal. */
export const lockProfileConnection = async (
  house: Connectors,
  tx: Tx,
  { environmentId, connectionId }: Place,
): Promise<ProfileConnection> => {
  const [row] = await tx.$queryRaw<ProfileConnection[]>`
    SELECT "id"::text AS "id", "environmentId"::text AS "environmentId", "name", "type" FROM "Connection"
     WHERE "id" = ${connectionId}::uuid AND "environmentId" = ${environmentId}::uuid AND "removedAt" IS NULL
       AND "type" = ANY(${typesWithProfiles(house)}::text[]) FOR NO KEY UPDATE`;
  return orNotFound(row);
};
