import { AppError } from '../../platform/app-error.ts';
import { isNameConflict } from './store.ts';

/** Runs a write; throws nameTaken when another export of the environment has the name. */
export const orNameTaken = async <T>(write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    if (!isNameConflict(error)) throw error;
    const message = 'Another export of this environment has this name. Choose another one.';
    throw new AppError('nameTaken', message, { errors: [{ field: 'name', code: 'nameTaken', message }] });
  });
