import type * as contract from '@junction/contracts';
import type { Actor, ConnectionDraft } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { notFound } from '../../../platform/app-error.ts';
import { type PageRow, readPage } from '../../../platform/keyset.ts';
import { Prisma } from '../../../platform/prisma/client.ts';
import { type DraftRow, draftColumns, findDraft, isTheirs, toDraft } from './store.ts';

type Needs = Pick<House, 'db' | 'clock'>;

/** The connections that somebody began to set up, the one they touched last first. */
export const listConnectionDrafts = async (
  { db, clock }: Needs,
  actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listConnectionDrafts>,
): Promise<{ value: ConnectionDraft[]; nextLink?: string }> => {
  const page = readPage(query, {
    id: Prisma.sql`d."id"`,
    order: {
      fields: { updatedAt: { by: Prisma.sql`d."updatedAt"`, type: 'timestamptz' } },
      usual: { field: 'updatedAt', descending: true },
    },
  });
  const theirs = isTheirs({ environmentId, personId: actor.id }, clock.now());
  const rows = await db.$queryRaw<(DraftRow & PageRow)[]>`
    SELECT ${draftColumns}, ${page.columns} FROM "ConnectionDraft" d WHERE ${theirs} AND ${page.after} ${page.order}`;
  return page.toList(rows, toDraft, nextLink);
};

/** One's own draft; throws notFound for anybody else's. */
export const getConnectionDraft = async (
  { db, clock }: Needs,
  actor: Actor,
  { params: { environmentId, draftId } }: Pick<Asked<typeof contract.getConnectionDraft>, 'params'>,
): Promise<ConnectionDraft> => {
  const row = await findDraft(db, { environmentId, personId: actor.id }, draftId, clock.now());
  if (row === undefined) throw notFound('draft');
  return toDraft(row);
};
