import { AppError } from '../../platform/app-error.ts';
import type { Db } from '../../platform/db.ts';
import { isNameConflict, isNameTaken } from './store.ts';

const nameTaken = (): AppError => {
  const message = 'Another export of this environment has this name. Choose another one.';
  return new AppError('nameTaken', message, { errors: [{ field: 'name', code: 'nameTaken', message }] });
};

/** Throws nameTaken when another export has the name. */
export const requireFreeName = async (
  db: Db,
  environmentId: string,
  name: string,
  exceptId?: string,
): Promise<void> => {
  if (await isNameTaken(db, environmentId, name, exceptId)) throw nameTaken();
};

/** Runs a write; throws nameTaken when somebody took the name in the meantime. */
export const orNameTaken = async <T>(write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw isNameConflict(error) ? nameTaken() : error;
  });
