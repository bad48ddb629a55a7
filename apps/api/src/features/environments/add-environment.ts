import type { NewEnvironment } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { recordActivity } from '../activity/index.ts';

type Addition = Required<NewEnvironment> & { owner: { id: string; name: string }; now: Date; from: string | null };

/** Adds an environment with its owner as the first admin, inside the caller's transaction. */
export const addEnvironment = async (tx: Tx, { name, type, owner, now, from }: Addition) => {
  const environment = await tx.environment.create({
    data: { id: newId(), name, type, ownerId: owner.id, createdAt: now },
  });
  await tx.member.create({ data: { environmentId: environment.id, personId: owner.id, role: 'admin', addedAt: now } });
  await recordActivity(tx, {
    kind: 'environment.created',
    environmentId: environment.id,
    by: owner,
    from,
    subject: { type: 'environment', id: environment.id, name },
    after: { name, type },
  });
  return environment;
};
