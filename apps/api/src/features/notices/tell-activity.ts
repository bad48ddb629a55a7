import type { ActivityKind, Actor } from '@junction/contracts';
import type { From } from '../../http/asked.ts';
import type { Tx } from '../../platform/db.ts';
import { recordActivity } from '../activity/index.ts';
import type { HookRow } from './hook-store.ts';

type Values = Readonly<Record<string, unknown>>;

/** A hook's values as the activity log shows them, without its secret. */
export const loggedValues = ({ name, url, kinds, isOn }: Pick<HookRow, 'name' | 'url' | 'kinds' | 'isOn'>) => ({
  name,
  url,
  kinds,
  isOn,
});

/** Adds what happened to a hook to the activity log, inside the transaction in which it happens. */
export const tellHookActivity = (
  tx: Tx,
  kind: Extract<ActivityKind, `notice-hook.${string}`>,
  { actor, from }: { actor: Actor; from: From },
  { id, environmentId, name }: Pick<HookRow, 'id' | 'environmentId' | 'name'>,
  values: { before?: Values; after?: Values },
): Promise<void> =>
  recordActivity(tx, {
    kind,
    environmentId,
    by: actor,
    from: from.address,
    subject: { type: 'notice-hook', id, name },
    ...values,
  });
