import type { CatalogProblem } from './catalog.ts';
import { withoutSignatures } from './clean.ts';
import { isObject } from './raw.ts';

/** What a store's error means for the part of the catalog it came with; undefined when it ends the reading as a whole. */
export const problemOfFailure = (error: unknown): CatalogProblem | undefined => {
  if (!isObject(error) || error.isTransient !== false) return undefined;
  const { code, message, remedy } = error;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return { code, message: withoutSignatures(message), ...(typeof remedy === 'string' && { remedy }) };
};
