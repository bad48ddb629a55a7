import { secretLookingIn, urlFrom } from '@junction/connectors/runtime';
import type { House } from '../../house.ts';
import { invalidField } from '../../platform/app-error.ts';

/** A URL as it is kept, once the outbound guard lets notices go there; throws invalidInput. */
export const readHookUrl = async (
  { outbound }: Pick<House, 'outbound'>,
  typed: string,
  signal: AbortSignal,
): Promise<string> => {
  const url = urlFrom(typed);
  const secretLooking = secretLookingIn(url);
  if (secretLooking !== undefined) {
    const message = `URLs can be seen by every admin and in the activity log, and "${secretLooking}" looks like a secret. Take a URL without it, and let the receiver check the signature.`;
    throw invalidField('url', 'secretInUrl', message);
  }
  const admission = await outbound.admit(url, signal);
  if (admission.admitted) return url;
  const { code, message, remedy } = admission.refusal;
  throw invalidField('url', code, `${message} ${remedy}`);
};
