import { maximumProfileAccess } from '@junction/contracts';
import type { House } from '../../house.ts';
import { invalidField } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import type { ProfileData } from '../connections/index.ts';
import { lockMembers } from '../environments/index.ts';
import { insertGrants } from './access/grants.ts';
import { findGranted } from './access/require-grant.ts';
import { tellAccess } from './access/tell-access.ts';
import { typesWithProfiles } from './access/with-profiles.ts';
import { beginImports, endImports, resumeImports } from './imports/begin-imports.ts';
import { standingSql, toldStanding } from './imports/told-standing.ts';

const notMembers = () =>
  invalidField(
    'profiles.personIds',
    'notMember',
    'Name members of this environment only; somebody on the list is none, or not any more.',
  );

const noPeople = () =>
  invalidField(
    'profiles.personIds',
    'noPerson',
    'Profile data is shown to people, not to service accounts, so that a person has to set this connection up and to be named.',
  );

const tooMany = () =>
  invalidField('profiles.personIds', 'tooMany', `Name at most ${maximumProfileAccess - 1} people beside yourself.`);

/** Whoever sets a connection up first, then those they name, as members who stay until the transaction ends. */
const lockChosen = async (tx: Tx, environmentId: string, creatorId: string, personIds: readonly string[]) => {
  const ids = [...new Set([creatorId, ...personIds])];
  if (ids.length > maximumProfileAccess) throw tooMany();
  const members = new Map((await lockMembers(tx, environmentId, ids)).map((member) => [member.id, member]));
  return ids.flatMap((id) => members.get(id) ?? []);
};

type Measured = {
  profiles: bigint | null;
  everyHours: number | null;
  people: number;
  isImporting: boolean;
  etag: string;
};

/** Profile data as connections and exports see it. */
export const profileDataOf = (house: Pick<House, 'connectors' | 'runFollower'>): ProfileData => ({
  standingSql,
  toldStanding,
  begin: async (tx, connection, { personIds, mapping, everyHours }, { by, at, from }) => {
    const people = await lockChosen(tx, connection.environmentId, by.id, personIds);
    if (people.length < new Set([by.id, ...personIds]).size) throw notMembers();
    if (people.some(({ isService }) => isService)) throw noPeople();
    await insertGrants(tx, { connection, personIds: people.map(({ id }) => id), by, at });
    await tellAccess(tx, 'profile-access.granted', { by, from }, connection, people);
    await beginImports(house, tx, { connection, mapping, everyHours, by, at });
  },
  measure: async (db, connectionId) => {
    const [row] = await db.$queryRaw<Measured[]>`
      SELECT r."profiles", i."everyHours", COALESCE(i."runState" IN ('queued', 'processing'), FALSE) AS "isImporting",
             (SELECT count(*)::integer FROM "ProfileGrant" g WHERE g."connectionId" = c."id") AS "people",
             (SELECT md5(COALESCE(string_agg(g."personId"::text, ',' ORDER BY g."personId"), ''))
                FROM "ProfileGrant" g WHERE g."connectionId" = c."id") AS "etag"
        FROM "Connection" c
        LEFT JOIN "ProfileImport" i ON i."connectionId" = c."id"
        LEFT JOIN "ProfileReport" r ON r."connectionId" = c."id"
       WHERE c."id" = ${connectionId}::uuid AND c."type" = ANY(${typesWithProfiles(house)}::text[])`;
    if (row === undefined) return { profiles: null, etag: '' };
    const { profiles, everyHours, people, isImporting, etag } = row;
    const told = {
      profiles: profiles === null ? null : Number(profiles),
      people,
      everyHours: everyHours ?? 0,
      isImporting,
    };
    return { profiles: told, etag };
  },
  end: (tx, connectionId, whom) => endImports(house, tx, connectionId, whom),
  resume: (tx, connectionId, { at }) => resumeImports(tx, connectionId, at),
  findHidden: async (db, environmentId, personId, connectionIds) => {
    const withProfiles = await db.connection.findMany({
      where: { id: { in: [...connectionIds] }, type: { in: typesWithProfiles(house) } },
      select: { id: true },
    });
    if (withProfiles.length === 0) return new Set();
    const seen = new Set((await findGranted(db, environmentId, personId)).map(({ id }) => id));
    return new Set(withProfiles.map(({ id }) => id).filter((id) => !seen.has(id)));
  },
});
