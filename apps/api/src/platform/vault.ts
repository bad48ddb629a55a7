import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM (NIST SP 800-38D): 96-bit random nonce, 128-bit tag. The first byte says which layout this is. */
const layout = 1;
const nonceBytes = 12;
const tagBytes = 16;
export const keyBytes = 32;

type Bytes = Uint8Array<ArrayBuffer>;

/** Where a sealed value belongs. It is bound to the ciphertext, so that it cannot be opened as anything else. */
export type Binding = readonly string[];

const associatedData = (binding: Binding) => Buffer.from(JSON.stringify(['junction', layout, ...binding]));

const encrypt = (key: Uint8Array, plain: Uint8Array, binding: Binding): Bytes => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(associatedData(binding));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.of(layout), nonce, cipher.getAuthTag(), body]));
};

const decrypt = (key: Uint8Array, sealed: Uint8Array, binding: Binding): Buffer => {
  const bodyStart = 1 + nonceBytes + tagBytes;
  if (sealed[0] !== layout || sealed.length < bodyStart) throw new VaultError();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes })
    .setAAD(associatedData(binding))
    .setAuthTag(sealed.subarray(1 + nonceBytes, bodyStart));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(bodyStart)), decipher.final()]);
  } catch {
    throw new VaultError();
  }
};

/** The value was not sealed with this key, not for this place, or was changed. */
export class VaultError extends Error {
  constructor() {
    super('A sealed value cannot be opened: it was sealed with another master key, for another place, or was changed.');
    this.name = 'VaultError';
  }
}

/**
 * Envelope encryption: values are sealed with a data key, data keys are wrapped by the master key, and both are bound to
 * where they belong. The master key never leaves this object.
 */
export type Vault = {
  /** A new data key, wrapped. */
  newDataKey(binding: Binding): Bytes;
  seal(wrappedKey: Uint8Array, keyBinding: Binding, plain: string, binding: Binding): Bytes;
  /** Throws VaultError when key, place or bytes are not those it was sealed with. */
  open(wrappedKey: Uint8Array, keyBinding: Binding, sealed: Uint8Array, binding: Binding): string;
  /** Seals with the master key itself, for the few values that have no data key. */
  sealDirectly(plain: string, binding: Binding): Bytes;
  openDirectly(sealed: Uint8Array, binding: Binding): string;
};

/** Makes a vault over a 32-byte master key. */
export const createVault = (masterKey: Uint8Array): Vault => {
  if (masterKey.length !== keyBytes) throw new RangeError('The master key must be 32 bytes.');
  const unwrap = (wrapped: Uint8Array, binding: Binding) => decrypt(masterKey, wrapped, ['data-key', ...binding]);
  return {
    newDataKey: (binding) => encrypt(masterKey, randomBytes(keyBytes), ['data-key', ...binding]),
    seal: (wrappedKey, keyBinding, plain, binding) =>
      encrypt(unwrap(wrappedKey, keyBinding), Buffer.from(plain), ['value', ...binding]),
    open: (wrappedKey, keyBinding, sealed, binding) =>
      decrypt(unwrap(wrappedKey, keyBinding), sealed, ['value', ...binding]).toString(),
    sealDirectly: (plain, binding) => encrypt(masterKey, Buffer.from(plain), ['direct', ...binding]),
    openDirectly: (sealed, binding) => decrypt(masterKey, sealed, ['direct', ...binding]).toString(),
  };
};
