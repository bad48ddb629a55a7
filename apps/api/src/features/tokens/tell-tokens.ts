import type { Actor } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { recordActivities } from '../activity/index.ts';
import type { TokenRow } from './store.ts';

/** Who did it, from where, and which environments are told; of a service account's token also whose it is. */
export type About = {
  actor: Actor;
  address: string;
  environmentIds: readonly string[];
  serviceAccount?: { id: string; name: string };
};

/** Adds what happened to a token to the activity log: its name, scope and expiry. A person's own token is no environment's business. */
export const tellToken = (
  tx: Tx,
  kind: 'token.created' | 'token.revoked',
  { id, name, scope, expiresAt }: TokenRow,
  { actor, address, environmentIds, serviceAccount }: About,
): Promise<void> => {
  const values = { scope, expiresAt: expiresAt.toISOString(), ...(serviceAccount && { serviceAccount }) };
  return recordActivities(
    tx,
    (serviceAccount ? environmentIds : [null]).map((environmentId) => ({
      kind,
      environmentId,
      by: actor,
      from: address,
      subject: { type: 'token', id, name },
      [kind === 'token.created' ? 'after' : 'before']: values,
    })),
  );
};
