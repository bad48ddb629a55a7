import { type IdentityProvider, ProviderError } from '@junction/identity-providers';
import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';

/** When a client may try again what a provider did not answer. */
const retryAfterSeconds = 10;

/** What somebody is told whose provider has to answer before they can go on. */
export const providerUnavailable = (name: string): AppError =>
  new AppError('providerUnavailable', `${name} does not answer right now. Try again in a moment.`, {
    retryAfterSeconds,
  });

/** What went wrong with a provider, for whoever tries to sign in; the reason is for the log. */
export const asAppError = ({ name }: Pick<IdentityProvider, 'name'>, { code }: ProviderError): AppError => {
  if (code === 'unavailable') return providerUnavailable(name);
  if (code === 'misconfigured')
    return new AppError(
      'providerUnavailable',
      `Junction is not set up for ${name} as it should be. Whoever runs Junction finds the reason in its log.`,
    );
  if (code === 'rejected')
    return new AppError(
      'signInRejected',
      `What ${name} sent back was not accepted. Sign in once more; if that does not help, ask whoever runs Junction.`,
    );
  return new AppError(
    'signInRefused',
    `${name} did not let you in. Sign in once more, or ask whoever keeps ${name} whether you may use Junction.`,
  );
};

/** Writes down what a provider failed with. Its errors hold no token, code or secret. */
export const logProviderError = (
  { log }: Pick<House, 'log'>,
  { id }: Pick<IdentityProvider, 'id'>,
  { code, reason, message }: ProviderError,
  what: string,
): void => log.warn({ provider: id, code, reason, message }, what);

/** Whatever else is thrown is no answer of a provider but a fault of ours. */
export const asProviderError = (error: unknown): ProviderError => {
  if (error instanceof ProviderError) return error;
  throw error;
};
