import { AppError } from '../../platform/app-error.ts';
import type { Db, Tx } from '../../platform/db.ts';

/** Throws environmentPaused while nothing runs in the environment. One that is paused right after that keeps what was asked for waiting. */
export const requireRunning = async (db: Db | Tx, environmentId: string): Promise<void> => {
  const environment = await db.environment.findUnique({ where: { id: environmentId }, select: { pausedAt: true } });
  if (environment?.pausedAt == null) return;
  throw new AppError('environmentPaused', 'Nothing runs while the environment is paused. Ask an admin to resume it.');
};
