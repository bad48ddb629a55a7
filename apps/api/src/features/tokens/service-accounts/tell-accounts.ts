import type { ActivityKind, Actor } from '@junction/contracts';
import type { Tx } from '../../../platform/db.ts';
import { recordActivities } from '../../activity/index.ts';

type Values = Readonly<Record<string, unknown>>;
type Told = { environmentId: string; before?: Values; after?: Values };

/** Adds what happened to a service account to the activity log of each environment that it matters to. */
export const tellAccount = (
  tx: Tx,
  kind: Extract<ActivityKind, `service-account.${string}`>,
  { actor, address }: { actor: Actor; address: string },
  { id, name }: { id: string; name: string },
  told: readonly Told[],
): Promise<void> =>
  recordActivities(
    tx,
    told.map((values) => ({
      kind,
      by: actor,
      from: address,
      subject: { type: 'service-account', id, name },
      ...values,
    })),
  );
