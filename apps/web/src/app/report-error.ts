import { ApiProblem, NothingHere, Offline } from '../lib/errors.ts';

/**
 * Writes an error that took a page's place to the console, for whoever looks into it. Not what the API answered, such as
 * to a role that no longer opens the page, nor that it could not be reached, nor that there is nothing: the page itself says that.
 */
export const reportError = (error: unknown): void => {
  if (!(error instanceof ApiProblem || error instanceof Offline || error instanceof NothingHere)) console.error(error);
};
