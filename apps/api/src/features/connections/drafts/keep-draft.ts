import type * as contract from '@junction/contracts';
import { type Actor, type ConnectionDraft, usualImportEveryHours } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { notFound } from '../../../platform/app-error.ts';
import { newId } from '../../../platform/ids.ts';
import { connectorOf } from '../connector-of.ts';
import { requireNoSecrets } from './draft-rules.ts';
import { getConnectionDraft } from './list-drafts.ts';
import { changeDraft, deleteDraft, findDraft, insertDraft } from './store.ts';

type Needs = Pick<House, 'db' | 'clock' | 'connectors'>;

/** Keeps what somebody began to fill in. Whatever is no secret may be in it, right or wrong. */
export const createConnectionDraft = async (
  house: Needs,
  actor: Actor,
  { params: { environmentId }, body }: Asked<typeof contract.createConnectionDraft>,
): Promise<ConnectionDraft> => {
  const { db, clock, connectors } = house;
  requireNoSecrets(connectorOf(connectors, body.type).manifest, body);
  const id = newId();
  const { mapping = null, personIds = [], everyHours = usualImportEveryHours, step = 'settings', ...content } = body;
  const owner = { environmentId, personId: actor.id };
  const draft = { ...owner, ...content, id, mapping, personIds, everyHours, step, now: clock.now() };
  await db.$transaction((tx) => insertDraft(tx, draft));
  return getConnectionDraft(house, actor, { params: { environmentId, draftId: id } });
};

/** Keeps what was filled in since; what is absent stays. Throws notFound for a draft that is somebody else's. */
export const updateConnectionDraft = async (
  house: Needs,
  actor: Actor,
  { params, body }: Asked<typeof contract.updateConnectionDraft>,
): Promise<ConnectionDraft> => {
  const { db, clock, connectors } = house;
  const owner = { environmentId: params.environmentId, personId: actor.id };
  await db.$transaction(async (tx) => {
    const now = clock.now();
    const row = await findDraft(tx, owner, params.draftId, now);
    if (row === undefined) throw notFound('draft');
    requireNoSecrets(connectorOf(connectors, row.type).manifest, body);
    if (!(await changeDraft(tx, owner, { ...body, id: row.id, now }))) throw notFound('draft');
  });
  return getConnectionDraft(house, actor, { params });
};

/** Discards one's own draft; throws notFound for anybody else's. */
export const deleteConnectionDraft = async (
  { db }: Needs,
  actor: Actor,
  { params: { environmentId, draftId } }: Asked<typeof contract.deleteConnectionDraft>,
): Promise<void> => {
  if (!(await deleteDraft(db, { environmentId, personId: actor.id, id: draftId }))) throw notFound('draft');
};
