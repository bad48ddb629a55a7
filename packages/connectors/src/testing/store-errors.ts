import { expect } from 'vitest';
import { StoreError } from '../connector.ts';

/** What work rejects with, held to what every StoreError owes: a stable word, a remedy, no secret. */
export const storeErrorOf = async (
  work: Promise<unknown>,
  expectNoSecret: (output: unknown) => void,
): Promise<StoreError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw new Error(`Not a StoreError: ${String(error)}`);
  expect(error.code).toMatch(/^[a-z]+([A-Z][a-z0-9]+)*$/);
  expect(error.remedy).toBeTruthy();
  expectNoSecret([error.message, error.remedy, error.stack, String(error.cause)]);
  return error;
};
