import type { House } from '../../house.ts';
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
