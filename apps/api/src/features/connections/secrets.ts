import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import { VaultError } from '../../platform/vault.ts';
import type { Plan } from './rules.ts';

type Owner = { id: string; environmentId: string };
type Sealed = { field: string; sealed: Uint8Array<ArrayBuffer> };

const keyBinding = ({ id, environmentId }: Owner) => [environmentId, id];
/** With the endpoint in it, a secret cannot be opened for another host, not even by somebody who can write to the database. */
const secretBinding = (owner: Owner, field: string, endpoint: string) => [...keyBinding(owner), field, endpoint];

/** A data key of its own for a new connection, wrapped by the master key. Deleting the row destroys its secrets. */
export const newWrappedKey = ({ vault }: Pick<House, 'vault'>, owner: Owner) => vault.newDataKey(keyBinding(owner));

/** Seals the secrets that came with a change, for the endpoint they were given for. */
export const sealSecrets = (
  { vault }: Pick<House, 'vault'>,
  owner: Owner & { wrappedKey: Uint8Array },
  { given, endpoint }: Pick<Plan, 'given' | 'endpoint'>,
): Sealed[] =>
  Object.entries(given).map(([field, secret]) => ({
    field,
    sealed: vault.seal(owner.wrappedKey, keyBinding(owner), secret, secretBinding(owner, field, endpoint)),
  }));

/** Opens stored secrets for an endpoint; throws VaultError when they were sealed for another one. */
export const openSecrets = (
  { vault }: Pick<House, 'vault'>,
  owner: Owner & { wrappedKey: Uint8Array; secrets: readonly Sealed[] },
  fields: readonly string[],
  endpoint: string,
): Record<string, string> =>
  Object.fromEntries(
    owner.secrets
      .filter(({ field }) => fields.includes(field))
      .map(({ field, sealed }) => [
        field,
        vault.open(owner.wrappedKey, keyBinding(owner), sealed, secretBinding(owner, field, endpoint)),
      ]),
  );

/** Opens the stored secrets that stay in use; throws secretRequired when they cannot be opened any more, because the key that sealed them is gone. */
export const openKept = (
  house: Pick<House, 'vault'>,
  owner: Parameters<typeof openSecrets>[1],
  { kept, endpoint }: Pick<Plan, 'kept' | 'endpoint'>,
): Record<string, string> => {
  try {
    return openSecrets(house, owner, kept, endpoint);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    const message = 'The stored one cannot be opened any more. Enter it again.';
    throw new AppError('secretRequired', 'The stored secrets cannot be opened any more. Enter them again.', {
      errors: kept.map((name) => ({ field: `secrets.${name}`, code: 'secretRequired', message })),
    });
  }
};

/** The data key to seal with: the connection's own or, where that is lost (a restored backup without keys, another master key), a new one to keep. */
export const keyToSealWith = (
  house: Pick<House, 'vault'>,
  owner: Owner & { wrappedKey: Uint8Array<ArrayBuffer> },
): { wrappedKey: Uint8Array<ArrayBuffer>; isNew: boolean } => {
  try {
    house.vault.seal(owner.wrappedKey, keyBinding(owner), '', keyBinding(owner));
    return { wrappedKey: owner.wrappedKey, isNew: false };
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return { wrappedKey: newWrappedKey(house, owner), isNew: true };
  }
};
