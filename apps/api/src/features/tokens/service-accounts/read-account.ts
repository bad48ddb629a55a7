import type { Actor } from '@junction/contracts';
import { notFound } from '../../../platform/app-error.ts';
import type { Db, Tx } from '../../../platform/db.ts';
import { adminOf } from './rules.ts';
import { findServiceAccounts, lockServiceAccount, type ServiceAccountRow } from './store.ts';

type Place = { environmentId: string; serviceAccountId: string };

/** One service account of an environment as the actor sees it; throws notFound. */
export const readAccount = async (
  db: Db | Tx,
  actor: Actor,
  { environmentId, serviceAccountId }: Place,
  now: Date,
): Promise<ServiceAccountRow> => {
  const [row] = await findServiceAccounts(db, adminOf(actor), { environmentId, id: serviceAccountId }, now);
  if (row === undefined) throw notFound('service account in this environment');
  return row;
};

/** The same, held until the transaction ends. */
export const holdAccount = async (tx: Tx, actor: Actor, place: Place, now: Date): Promise<ServiceAccountRow> => {
  await lockServiceAccount(tx, place.serviceAccountId);
  return readAccount(tx, actor, place, now);
};
