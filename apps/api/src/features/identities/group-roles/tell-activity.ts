import type { ActivityKind, Actor } from '@junction/contracts';
import type { From } from '../../../http/asked.ts';
import type { Tx } from '../../../platform/db.ts';
import { recordActivity } from '../../activity/index.ts';
import type { GroupRoleRow } from './store.ts';

type Values = Readonly<Record<string, unknown>>;

/** What the activity log shows of a group's role. */
export const loggedValues = ({ value, name, role }: Pick<GroupRoleRow, 'value' | 'name' | 'role'>) => ({
  value,
  name,
  role,
});

/** Adds what happened to a group's role to the activity log, inside the transaction in which it happens. */
export const tellGroupRole = (
  tx: Tx,
  kind: Extract<ActivityKind, `group-role.${string}`>,
  { actor, from }: { actor: Actor; from: From },
  { id, environmentId, name }: Pick<GroupRoleRow, 'id' | 'environmentId' | 'name'>,
  values: { before?: Values; after?: Values },
): Promise<void> =>
  recordActivity(tx, {
    kind,
    environmentId,
    by: actor,
    from: from.address,
    subject: { type: 'group-role', id, name },
    ...values,
  });
