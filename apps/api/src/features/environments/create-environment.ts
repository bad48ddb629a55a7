import type * as contract from '@junction/contracts';
import type { Actor, Environment } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { addEnvironment } from './add-environment.ts';
import { readEnvironment } from './get-environment.ts';

/** Creates an environment; the actor becomes its owner. Names need not be unique. */
export const createEnvironment = (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { body: { name, type }, from }: Asked<typeof contract.createEnvironment>,
): Promise<Environment> =>
  db.$transaction(async (tx) => {
    const { id } = await addEnvironment(tx, { name, type, owner: actor, now: clock.now(), from: from.address });
    return readEnvironment(tx, actor, id);
  });
