/**
 * Azure's error codes with their status and text, from "Common REST API error codes", "Blob Storage error codes" and
 * the Data Lake Storage Gen2 REST reference.
 */
const CATALOGUE = {
  AccountBeingCreated: [409, 'The specified account is in the process of being created.'],
  AuthenticationFailed: [
    403,
    'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.',
  ],
  AuthorizationFailure: [403, 'This request is not authorized to perform this operation.'],
  AuthorizationPermissionMismatch: [
    403,
    'This request is not authorized to perform this operation using this permission.',
  ],
  AuthorizationProtocolMismatch: [403, 'This request is not authorized to perform this operation using this protocol.'],
  AuthorizationResourceTypeMismatch: [
    403,
    'This request is not authorized to perform this operation using this resource type.',
  ],
  AuthorizationServiceMismatch: [403, 'This request is not authorized to perform this operation using this service.'],
  AuthorizationSourceIPMismatch: [
    403,
    'This request is not authorized to perform this operation using this source IP.',
  ],
  BlobNotFound: [404, 'The specified blob does not exist.'],
  BlobOperationNotSupported: [409, 'Operation is not supported in this scenario.'],
  CannotVerifyCopySource: [404, 'The specified resource does not exist.'],
  ConditionNotMet: [412, 'The condition specified using HTTP conditional header(s) is not met.'],
  ContainerAlreadyExists: [409, 'The specified container already exists.'],
  ContainerBeingDeleted: [409, 'The specified container is being deleted. Try operation later.'],
  ContainerNotFound: [404, 'The specified container does not exist.'],
  ContentLengthMustBeZero: [400, 'The Content-Length request header must be zero.'],
  DirectoryIsNotEmpty: [409, 'This operation is not permitted on a non-empty directory.'],
  DirectoryNotEmpty: [409, 'The recursive query parameter value must be true to delete a non-empty directory.'],
  FilesystemAlreadyExists: [409, 'The specified filesystem already exists.'],
  FilesystemBeingDeleted: [409, 'The specified filesystem is being deleted.'],
  FilesystemNotFound: [404, 'The specified filesystem does not exist.'],
  HierarchicalNamespaceNotEnabled: [400, 'The hierarchical namespace is not enabled for this account.'],
  InternalError: [500, 'The server encountered an internal error. Please retry the request.'],
  InvalidAuthenticationInfo: [
    401,
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  ],
  InvalidDestinationPath: [
    409,
    'The specified path, or an element of the path, exists and its resource type is invalid for this operation.',
  ],
  InvalidFlushPosition: [
    400,
    'The uploaded data is not contiguous or the position query parameter value is not equal to the length of the file after appending the uploaded data.',
  ],
  InvalidHeaderValue: [400, 'The value for one of the HTTP headers is not in the correct format.'],
  InvalidInput: [400, 'One of the request inputs is not valid.'],
  InvalidMd5: [
    400,
    'The MD5 value specified in the request is invalid. MD5 value must be 128 bits and base64-encoded.',
  ],
  InvalidQueryParameterValue: [400, 'Value for one of the query parameters specified in the request URI is invalid.'],
  InvalidPropertyName: [400, 'A property name cannot be empty.'],
  InvalidRange: [416, 'The range specified is invalid for the current size of the resource.'],
  InvalidRenameSourcePath: [
    409,
    'The source directory cannot be the same as the destination directory, nor can the destination be a subdirectory of the source directory.',
  ],
  InvalidResourceName: [400, 'The specifed resource name contains invalid characters.'],
  InvalidSourceOrDestinationResourceType: [409, 'The source and destination resource type must be identical.'],
  InvalidSourceUri: [400, 'The source URI is invalid.'],
  InvalidUri: [400, 'The request URI is invalid.'],
  KeyBasedAuthenticationNotPermitted: [403, 'Key based authentication is not permitted on this storage account.'],
  LeaseIdMismatchWithBlobOperation: [
    412,
    'The lease ID specified did not match the lease ID for the resource with the specified lease operation.',
  ],
  LeaseIdMismatchWithLeaseOperation: [
    409,
    'The lease ID specified did not match the lease ID for the resource with the specified lease operation.',
  ],
  LeaseIdMissing: [412, 'There is currently a lease on the resource and no lease ID was specified in the request.'],
  LeaseLost: [412, 'A lease ID was specified, but the lease for the resource has expired.'],
  LeaseAlreadyPresent: [409, 'There is already a lease present.'],
  LeaseNotPresentWithBlobOperation: [412, 'There is currently no lease on the resource.'],
  Md5Mismatch: [
    400,
    'The MD5 value specified in the request did not match with the MD5 value calculated by the server.',
  ],
  MissingRequiredHeader: [400, 'An HTTP header that is mandatory for this request is not specified.'],
  MissingRequiredQueryParameter: [400, 'A query parameter that is mandatory for this request is not specified.'],
  NoAuthenticationInformation: [
    401,
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  ],
  NotImplemented: [501, 'The requested operation is not implemented by this emulator.'],
  OperationNotSupportedOnDirectory: [409, 'The requested operation is not supported on a directory.'],
  OperationTimedOut: [500, 'Operation could not be completed within the specified time.'],
  PathAlreadyExists: [409, 'The specified path already exists.'],
  PathConflict: [
    409,
    'The specified path, or an element of the path, exists and its resource type is invalid for this operation.',
  ],
  PathNotFound: [404, 'The specified path does not exist.'],
  RenameDestinationParentPathNotFound: [404, 'The parent directory of the destination path does not exist.'],
  RequestBodyTooLarge: [413, 'The request body is too large and exceeds the maximum permissible limit.'],
  ResourceNotFound: [404, 'The specified resource does not exist.'],
  ServerBusy: [503, 'The server is busy.'],
  SourceConditionNotMet: [412, 'The source condition specified using HTTP conditional header(s) is not met.'],
  SourcePathNotFound: [404, 'The source path for a rename operation does not exist.'],
  TargetConditionNotMet: [412, 'The target condition specified using HTTP conditional header(s) is not met.'],
  UnsupportedHeader: [400, 'One of the headers specified in the request is not supported.'],
  UnsupportedHttpVerb: [405, 'The resource doesn’t support the specified HTTP verb.'],
  UnsupportedQueryParameter: [400, 'One of the query parameters specified in the request URI is not supported.'],
} as const satisfies Record<string, readonly [number, string]>;

export type StorageErrorCode = keyof typeof CATALOGUE;

/** A failure as Azure Storage reports it. `detail` becomes `AuthenticationErrorDetail`. */
export class StorageError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    status: number,
    message: string,
    options: { detail?: string; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'StorageError';
    this.code = code;
    this.status = status;
    this.detail = options.detail;
    this.headers = options.headers ?? {};
  }
}

/** The error of the catalogue with that code; `message` adds to Azure's text what this emulator knows more exactly. */
export const storageError = (
  code: StorageErrorCode,
  options: { message?: string; detail?: string; headers?: Record<string, string> } = {},
): StorageError => {
  const [status, text] = CATALOGUE[code];
  return new StorageError(code, status, options.message ?? text, options);
};

/** Status and text for any code of the catalogue; an unknown code is a server error (used by fault rules). */
export const describeCode = (code: string): { status: number; message: string } => {
  const known = (CATALOGUE as Record<string, readonly [number, string]>)[code];
  return known ? { status: known[0], message: known[1] } : { status: 500, message: code };
};
