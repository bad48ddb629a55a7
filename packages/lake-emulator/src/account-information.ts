import type { ServerResponse } from 'node:http';
import type { LakeAccount } from './accounts.ts';
import type { Access } from './auth/access.ts';
import { isAllowed } from './auth/roles.ts';
import { type LakeRequest, param } from './lake-request.ts';
import { sendResult } from './respond.ts';
import { storageError } from './storage-error.ts';

/** True for Get Account Information (`restype=account&comp=properties`), on the account, a container or a blob. */
export const asksForAccount = (request: LakeRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  param(request, 'restype') === 'account' &&
  param(request, 'comp') === 'properties';

/** Answers what kind of account this is; any valid signature may ask, and no role for blob data. */
export const sendAccountInformation = (
  response: ServerResponse,
  request: LakeRequest,
  account: LakeAccount,
  access: Access,
): void => {
  if (access.kind === 'anonymous') throw storageError('NoAuthenticationInformation');
  if (access.kind === 'account-sas' && !access.services.includes('b')) {
    throw storageError('AuthorizationServiceMismatch');
  }
  if (access.kind === 'principal' && !isAllowed(access.roles, 'blobServices/getInfo/action', '')) {
    throw storageError('AuthorizationPermissionMismatch');
  }
  sendResult(response, request, 200, {
    Date: new Date().toUTCString(),
    'x-ms-sku-name': 'Standard_LRS',
    'x-ms-account-kind': 'StorageV2',
    'x-ms-is-hns-enabled': String(account.hierarchicalNamespace),
  });
};
