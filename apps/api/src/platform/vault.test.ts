import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createVault, keyBytes, VaultError } from './vault.ts';

const vault = createVault(randomBytes(keyBytes));
const secret = 'S3cret \u{1f511} value';
const [environment, connection, field, endpoint] = ['env-1', 'con-1', 'accountKey', 'https://lake.example'];
const keyBinding = [environment, connection];
const binding = [...keyBinding, field, endpoint];
const wrapped = vault.newDataKey(keyBinding);
const sealed = vault.seal(wrapped, keyBinding, secret, binding);

describe('a sealed value', () => {
  it('opens where it belongs', () => {
    expect(vault.open(wrapped, keyBinding, sealed, binding)).toBe(secret);
    expect(vault.openDirectly(vault.sealDirectly(secret, ['here']), ['here'])).toBe(secret);
    expect(vault.open(wrapped, keyBinding, vault.seal(wrapped, keyBinding, '', binding), binding)).toBe('');
  });

  it('is different every time and never holds the plain text', () => {
    const again = vault.seal(wrapped, keyBinding, secret, binding);
    expect(Buffer.from(again).equals(Buffer.from(sealed))).toBe(false);
    expect(Buffer.from(sealed).includes(Buffer.from('S3cret'))).toBe(false);
  });

  const otherKey = vault.newDataKey([environment, 'con-2']);
  it.each<[string, () => unknown]>([
    [
      'in another environment',
      () => vault.open(wrapped, ['env-2', connection], sealed, ['env-2', connection, field, endpoint]),
    ],
    [
      'for another connection',
      () => vault.open(otherKey, [environment, 'con-2'], sealed, [environment, 'con-2', field, endpoint]),
    ],
    ['for another field', () => vault.open(wrapped, keyBinding, sealed, [...keyBinding, 'sasToken', endpoint])],
    [
      'for another endpoint',
      () => vault.open(wrapped, keyBinding, sealed, [...keyBinding, field, 'https://evil.example']),
    ],
    [
      'with its parts cut elsewhere',
      () => vault.open(wrapped, keyBinding, sealed, [...keyBinding, `${field}${endpoint}`]),
    ],
    ['with the data key of another connection', () => vault.open(otherKey, [environment, 'con-2'], sealed, binding)],
    [
      'with a data key that claims another connection',
      () => vault.open(wrapped, [environment, 'con-2'], sealed, binding),
    ],
    ['under another master key', () => createVault(randomBytes(keyBytes)).open(wrapped, keyBinding, sealed, binding)],
    ['as a data key', () => vault.open(sealed, binding, sealed, binding)],
    ['as a value that has no data key', () => vault.openDirectly(sealed, binding)],
    [
      'when a value without data key is given for it',
      () => vault.open(wrapped, keyBinding, vault.sealDirectly(secret, binding), binding),
    ],
  ])('does not open %s', (_where, open) => {
    expect(open).toThrow(VaultError);
  });

  it('does not open when any byte of it was changed, cut or added', () => {
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => vault.open(wrapped, keyBinding, changed, binding)).toThrow(VaultError);
    }
    for (const length of [0, 1, 13, 28, sealed.length - 1])
      expect(() => vault.open(wrapped, keyBinding, sealed.slice(0, length), binding)).toThrow(VaultError);
    expect(() => vault.open(wrapped, keyBinding, Uint8Array.from([...sealed, 0]), binding)).toThrow(VaultError);
  });

  it('says nothing about itself when it does not open', () => {
    const problem = (() => {
      try {
        return vault.open(wrapped, keyBinding, sealed, ['elsewhere']);
      } catch (error) {
        return String(error);
      }
    })();
    expect(problem).not.toContain('S3cret');
    expect(problem).toContain('cannot be opened');
  });
});

describe('a master key', () => {
  it.each([0, 16, 31, 33, 64])('of %d bytes is refused', (length) => {
    expect(() => createVault(randomBytes(length))).toThrow('32 bytes');
  });
});
