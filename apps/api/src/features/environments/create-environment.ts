import type { Actor, Environment, NewEnvironment } from '@junction/contracts';
import type { House } from '../../house.ts';
import { addEnvironment } from './add-environment.ts';
import { readEnvironment } from './get-environment.ts';

/** Creates an environment; the actor becomes its owner. Names need not be unique. */
export const createEnvironment = (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { name, type }: Required<NewEnvironment>,
  address: string,
): Promise<Environment> =>
  db.$transaction(async (tx) => {
    const { id } = await addEnvironment(tx, { name, type, owner: actor, now: clock.now(), from: address });
    return readEnvironment(tx, actor, id);
  });
