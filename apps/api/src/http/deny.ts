import { type Action, type Actor, type AnyEndpoint, isForTokens, isInScope } from '@junction/contracts';
import { recordActivity } from '../features/activity/index.ts';
import type { House } from '../house.ts';
import { AppError } from '../platform/app-error.ts';

const outOfScope = (action: Action): AppError =>
  isForTokens(action)
    ? new AppError('outOfScope', `The scope of this token lacks ${action}. Use one that has it.`, { missing: action })
    : new AppError('outOfScope', `No token may do this (${action}). Sign in in a browser.`);

const refusal = (actor: Actor, action: Action, environmentId: string | undefined): AppError => {
  if (!isInScope(actor, action)) return outOfScope(action);
  if (environmentId !== undefined && actor.memberships[environmentId] === undefined)
    return new AppError('notFound', 'There is no such environment, or you do not belong to it.');
  if (environmentId !== undefined)
    return new AppError('forbidden', 'Your role in this environment does not allow this. Ask one of its admins.');
  return actor.isService && Object.values(actor.memberships).includes('admin')
    ? new AppError('forbidden', 'A service account cannot own an environment. A person has to make it.')
    : new AppError('forbidden', 'Only an admin of an environment may do this. Ask one of them.');
};

/** Denies, and says so in the activity log of the environment at hand. */
export const deny = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { action }: AnyEndpoint,
  environmentId: string | undefined,
  address: string,
): Promise<never> => {
  const exists = environmentId !== undefined && (await db.environment.count({ where: { id: environmentId } })) > 0;
  await db.$transaction((tx) =>
    recordActivity(tx, {
      kind: 'access.denied',
      environmentId: exists ? environmentId : null,
      by: actor,
      from: address,
      subject: { type: 'endpoint', id: null, name: action },
    }),
  );
  throw refusal(actor, action, environmentId);
};
