import type { LakeAccount } from '../accounts.ts';
import { header, type LakeRequest } from '../lake-request.ts';
import { storageError } from '../storage-error.ts';
import type { Access } from './access.ts';
import type { BearerVerifier } from './bearer.ts';
import { type PolicyLookup, verifySas } from './sas.ts';
import { verifySharedKey } from './shared-key.ts';

const BEARER = 'Bearer ';

/** What proofs are verified with. */
export type Proofs = { policyOf: PolicyLookup; verifyBearer: BearerVerifier };

/**
 * Says who is asking: proves the SharedKey signature, the SAS or the token, for both protocols alike.
 * @throws StorageError with Azure's code for each way it can fail.
 */
export const authenticate = async (
  account: LakeAccount,
  request: LakeRequest,
  { policyOf, verifyBearer }: Proofs,
): Promise<Access> => {
  const authorization = header(request, 'authorization');
  const isSas = request.query.has('sig');
  if (authorization === undefined && !isSas) return { kind: 'anonymous' };
  if (authorization?.startsWith(BEARER)) return verifyBearer(account, request, authorization.slice(BEARER.length));
  if (account.sharedKeyAccess === false) throw storageError('KeyBasedAuthenticationNotPermitted');
  if (authorization === undefined) return verifySas(account, request, policyOf);
  verifySharedKey(account, request, authorization);
  return { kind: 'key' };
};
