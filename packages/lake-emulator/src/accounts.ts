/** One storage account that the emulator serves. */
export type LakeAccount = {
  /** 3 to 24 lower-case letters and digits, as Azure demands. */
  name: string;
  /** Account key, base64. */
  key: string;
  /** true: a Data Lake Storage Gen2 account (directories are real); false: a flat blob account. */
  hierarchicalNamespace: boolean;
  /** false: every request signed with the key (SharedKey or SAS) is refused with `KeyBasedAuthenticationNotPermitted`. Default true. */
  sharedKeyAccess?: boolean;
};

/** The account of the demo. Its key is public on purpose: it opens nothing but an emulator on loopback. */
export const DEMO_ACCOUNT: LakeAccount = {
  name: 'contosolake',
  key: 'anVuY3Rpb24tZGVtby1sYWtlLWtleS1mb3ItdGhlLWVtdWxhdG9yLW9ubHktbm90LWEtc2VjcmV0LTAwMDAwMA==',
  hierarchicalNamespace: true,
};

const ACCOUNT_NAME = /^[a-z0-9]{3,24}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Checks the accounts an emulator is started with.
 * @throws Error that names the account and what to change.
 */
export const requireValidAccounts = (accounts: readonly LakeAccount[]): void => {
  if (accounts.length === 0) throw new Error('accounts: give at least one account.');
  const seen = new Set<string>();
  for (const { name, key } of accounts) {
    if (!ACCOUNT_NAME.test(name)) {
      throw new Error(`accounts: "${name}" is not a storage account name; use 3 to 24 lower-case letters and digits.`);
    }
    if (!BASE64.test(key) || key.length % 4 !== 0) throw new Error(`accounts: the key of "${name}" is not base64.`);
    if (seen.has(name)) throw new Error(`accounts: "${name}" is given twice.`);
    seen.add(name);
  }
};
