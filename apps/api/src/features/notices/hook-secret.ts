import { signingSecretFrom } from '@junction/connectors/signing';
import type { House } from '../../house.ts';
import { invalidField } from '../../platform/app-error.ts';
import type { HookRow } from './hook-store.ts';

type Place = { id: string; environmentId: string; url: string };
type Sealed = Pick<HookRow, 'wrappedKey' | 'sealed'>;

const keyBinding = ({ environmentId, id }: Place) => [environmentId, id];
/** With the URL in it, a secret cannot sign for another one, not even by somebody who can write to the database. */
const secretBinding = (place: Place) => [...keyBinding(place), 'signingSecret', place.url];

/** A signing secret as it is kept; throws invalidInput for what receivers' libraries could not take. */
export const readSigningSecret = (typed: string): string => {
  const secret = signingSecretFrom(typed);
  if (secret !== undefined) return secret;
  const message =
    'A signing secret is whsec_ and 24 to 64 random bytes in base64. Make one with: echo "whsec_$(openssl rand -base64 32)"';
  throw invalidField('secret', 'invalid', message);
};

export const noSecret: Sealed = { wrappedKey: null, sealed: null };

/** Seals a signing secret for the URL that it was given for, with a data key of its own. */
export const sealSecret = ({ vault }: Pick<House, 'vault'>, place: Place, secret: string): Sealed => {
  const wrappedKey = vault.newDataKey(keyBinding(place));
  return { wrappedKey, sealed: vault.seal(wrappedKey, keyBinding(place), secret, secretBinding(place)) };
};

/** The signing secret of a hook; undefined when it has none. Throws VaultError when it was sealed with another key or for another URL. */
export const openSecret = ({ vault }: Pick<House, 'vault'>, hook: Place & Sealed): string | undefined =>
  hook.wrappedKey === null || hook.sealed === null
    ? undefined
    : vault.open(hook.wrappedKey, keyBinding(hook), hook.sealed, secretBinding(hook));
