import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import { recordActivity } from '../activity/index.ts';
import { findName } from './store.ts';
import { happening } from './tell-activity.ts';

/** Runs a change of one export; when somebody's rights do not reach so far, the activity log is told who tried what. */
export const orTellDenied = async <T>(
  { db }: Pick<House, 'db'>,
  who: { actor: Actor; address: string },
  { name, ...place }: { id: string; environmentId: string; name?: string },
  change: Promise<T>,
): Promise<T> =>
  change.catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'forbidden') {
      const subject = { ...place, name: name ?? (await findName(db, place.environmentId, place.id)) ?? '' };
      await db.$transaction((tx) => recordActivity(tx, happening('access.denied', who, subject)));
    }
    throw error;
  });
