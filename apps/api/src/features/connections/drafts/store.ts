import {
  type ConnectionDraft,
  type ConnectionDraftStep,
  connectionDraftDays,
  maximumConnectionDrafts,
  type ProfileMapping,
} from '@junction/contracts';
import type { Db, Tx } from '../../../platform/db.ts';
import { Prisma } from '../../../platform/prisma/client.ts';

/** Whose draft, and in which environment: nobody else reaches it. */
type Owner = { environmentId: string; personId: string };
export type Draft = Omit<ConnectionDraft, 'updatedAt'> & { updatedAt: Date };
type Content = Pick<Draft, 'name' | 'settings' | 'mapping' | 'personIds' | 'everyHours' | 'step'>;

export type DraftRow = Omit<Draft, 'settings' | 'mapping' | 'step'> & {
  settings: unknown;
  mapping: unknown;
  step: string;
};

/** The columns of a draft `d`. */
export const draftColumns = Prisma.sql`
  d."id"::text AS "id", d."environmentId"::text AS "environmentId", d."type", d."name", d."settings", d."mapping",
  d."personIds"::text[] AS "personIds", d."everyHours", d."step", d."updatedAt"`;

export const toDraft = (row: DraftRow): ConnectionDraft => ({
  id: row.id,
  environmentId: row.environmentId,
  type: row.type,
  name: row.name,
  settings: row.settings as ConnectionDraft['settings'],
  mapping: row.mapping as ProfileMapping | null,
  personIds: row.personIds,
  everyHours: row.everyHours,
  step: row.step as ConnectionDraftStep,
  updatedAt: row.updatedAt.toISOString(),
});

/** SQL for: draft `d` is theirs and not too old to be looked at. */
export const isTheirs = ({ environmentId, personId }: Owner, now: Date): Prisma.Sql => Prisma.sql`
  d."environmentId" = ${environmentId}::uuid AND d."personId" = ${personId}::uuid
  AND d."updatedAt" > ${new Date(now.getTime() - connectionDraftDays * 86_400_000)}`;

/** One's own draft; undefined when there is none of this id. */
export const findDraft = async (db: Db | Tx, owner: Owner, id: string, now: Date): Promise<DraftRow | undefined> => {
  const [row] = await db.$queryRaw<DraftRow[]>`
    SELECT ${draftColumns} FROM "ConnectionDraft" d WHERE d."id" = ${id}::uuid AND ${isTheirs(owner, now)}`;
  return row;
};

const toColumns = ({ mapping, ...content }: Partial<Content>) => ({
  ...content,
  ...(mapping === undefined ? {} : { mapping: mapping ?? Prisma.DbNull }),
});

/** Adds a draft; of more than anybody can have, the oldest go. Two that are added at once come one after the other. */
export const insertDraft = async (tx: Tx, draft: Owner & Content & { id: string; type: string; now: Date }) => {
  const { environmentId, personId, id, type, now, ...content } = draft;
  await tx.$executeRaw`
    SELECT 1 FROM "Member" WHERE "environmentId" = ${environmentId}::uuid AND "personId" = ${personId}::uuid FOR NO KEY UPDATE`;
  await tx.connectionDraft.create({
    data: {
      id,
      environmentId,
      personId,
      type,
      ...content,
      mapping: content.mapping ?? Prisma.DbNull,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true },
  });
  await tx.$executeRaw`
    DELETE FROM "ConnectionDraft" WHERE "id" IN (
      SELECT "id" FROM "ConnectionDraft"
       WHERE "environmentId" = ${environmentId}::uuid AND "personId" = ${personId}::uuid
       ORDER BY "updatedAt" DESC, "id" DESC OFFSET ${maximumConnectionDrafts}::integer)`;
};

/** Changes one's own draft; false when it is gone. */
export const changeDraft = async (
  tx: Tx,
  { environmentId, personId }: Owner,
  { id, now, ...change }: { id: string; now: Date } & Partial<Content>,
): Promise<boolean> => {
  const { count } = await tx.connectionDraft.updateMany({
    where: { id, environmentId, personId },
    data: { ...toColumns(change), updatedAt: now },
  });
  return count > 0;
};

/** Deletes one's own draft; false when there is none of this id. */
export const deleteDraft = async (
  db: Db | Tx,
  { environmentId, personId, id }: Owner & { id: string },
): Promise<boolean> => {
  const { count } = await db.connectionDraft.deleteMany({ where: { id, environmentId, personId } });
  return count > 0;
};
