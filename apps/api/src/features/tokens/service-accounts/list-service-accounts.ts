import type * as contract from '@junction/contracts';
import type { Actor, ServiceAccount } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { adminOf } from './rules.ts';
import { findServiceAccounts } from './store.ts';
import { toServiceAccount } from './views.ts';

/** The service accounts of an environment, by name. */
export const listServiceAccounts = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { params: { environmentId } }: Asked<typeof contract.listServiceAccounts>,
): Promise<{ value: ServiceAccount[] }> => ({
  value: (await findServiceAccounts(db, adminOf(actor), { environmentId }, clock.now())).map(toServiceAccount),
});
