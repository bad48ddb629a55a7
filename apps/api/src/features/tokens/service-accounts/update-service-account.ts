import type * as contract from '@junction/contracts';
import type { Actor, ServiceAccount } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { requireVersion } from '../../../platform/versions.ts';
import { changes } from '../../activity/index.ts';
import { lockEnvironment } from '../../environments/index.ts';
import { holdAccount, readAccount } from './read-account.ts';
import { requireYours } from './rules.ts';
import { changeRole, findPlaces, renameAccount } from './store.ts';
import { tellAccount } from './tell-accounts.ts';
import { toServiceAccount } from './views.ts';

/** Renames a service account, which all of its environments are told, or changes its role in this one. */
export const updateServiceAccount = (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { params, body, expectedVersion, from }: Asked<typeof contract.updateServiceAccount>,
): Promise<ServiceAccount> =>
  db.$transaction(async (tx) => {
    const { environmentId, serviceAccountId } = params;
    await lockEnvironment(tx, environmentId);
    const now = clock.now();
    const row = await holdAccount(tx, actor, params, now);
    requireYours(row);
    requireVersion(expectedVersion, row.version);
    const { name, role } = { name: row.name, role: row.role, ...body };
    if (name !== row.name) await renameAccount(tx, serviceAccountId, name);
    if (role !== row.role) await changeRole(tx, environmentId, serviceAccountId, role);
    const elsewhere = (await findPlaces(tx, serviceAccountId)).filter((id) => id !== environmentId);
    const told = [
      { environmentId, ...changes({ name: row.name, role: row.role }, { name, role }) },
      ...elsewhere.map((id) => ({ environmentId: id, ...changes({ name: row.name }, { name }) })),
    ].filter(({ after }) => Object.keys(after).length > 0);
    if (told.length > 0)
      await tellAccount(tx, 'service-account.updated', { actor, address: from.address }, { ...row, name }, told);
    return toServiceAccount(await readAccount(tx, actor, params, now));
  });
