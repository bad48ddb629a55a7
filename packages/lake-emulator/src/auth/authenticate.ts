import type { LakeAccount } from '../accounts.ts';
import { header, type LakeRequest } from '../lake-request.ts';
import { storageError } from '../storage-error.ts';
import type { Access } from './access.ts';
import { type PolicyLookup, verifySas } from './sas.ts';
import { verifySharedKey } from './shared-key.ts';

/**
 * Says who is asking: proves the SharedKey signature or the SAS, for both protocols alike.
 * @throws StorageError with Azure's code for each way it can fail.
 */
export const authenticate = (account: LakeAccount, request: LakeRequest, policyOf: PolicyLookup): Access => {
  const authorization = header(request, 'authorization');
  const isSas = request.query.has('sig');
  if (authorization === undefined && !isSas) return { kind: 'anonymous' };
  if (authorization?.startsWith('Bearer ')) {
    throw storageError('InvalidAuthenticationInfo', {
      message: 'Bearer tokens are not supported by this emulator; use the account key or a SAS.',
    });
  }
  if (account.sharedKeyAccess === false) throw storageError('KeyBasedAuthenticationNotPermitted');
  if (authorization === undefined) return verifySas(account, request, policyOf);
  verifySharedKey(account, request, authorization);
  return { kind: 'key' };
};
