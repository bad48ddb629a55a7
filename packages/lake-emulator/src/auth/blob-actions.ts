import type { StorageAction } from './roles.ts';

/** What a Blob operation does, and whether to the account itself, which no role on a container allows. */
type BlobAction = { action: StorageAction; isOnAccount?: true };

const READ: BlobAction = { action: 'blobServices/containers/blobs/read' };
const WRITE: BlobAction = { action: 'blobServices/containers/blobs/write' };
const READ_CONTAINER: BlobAction = { action: 'blobServices/containers/read' };
const WRITE_CONTAINER: BlobAction = { action: 'blobServices/containers/write' };

/**
 * "Permissions for calling data operations", by the names that Azurite gives to operations. What is not here this
 * emulator does not do with tokens.
 */
export const BLOB_ACTIONS: Readonly<Record<string, BlobAction>> = {
  Service_SetProperties: { action: 'blobServices/write', isOnAccount: true },
  Service_GetProperties: { action: 'blobServices/read', isOnAccount: true },
  Service_GetStatistics: { action: 'blobServices/read', isOnAccount: true },
  Service_ListContainersSegment: { ...READ_CONTAINER, isOnAccount: true },
  Service_FilterBlobs: { action: 'blobServices/containers/blobs/filter/action', isOnAccount: true },
  Container_Create: WRITE_CONTAINER,
  Container_GetProperties: READ_CONTAINER,
  Container_GetPropertiesWithHead: READ_CONTAINER,
  Container_Delete: { action: 'blobServices/containers/delete' },
  Container_SetMetadata: WRITE_CONTAINER,
  Container_GetAccessPolicy: { action: 'blobServices/containers/getAcl/action' },
  Container_SetAccessPolicy: { action: 'blobServices/containers/setAcl/action' },
  Container_Restore: WRITE_CONTAINER,
  Container_FilterBlobs: { action: 'blobServices/containers/blobs/filter/action' },
  Container_AcquireLease: WRITE_CONTAINER,
  Container_ReleaseLease: WRITE_CONTAINER,
  Container_RenewLease: WRITE_CONTAINER,
  Container_BreakLease: WRITE_CONTAINER,
  Container_ChangeLease: WRITE_CONTAINER,
  Container_ListBlobFlatSegment: READ,
  Container_ListBlobHierarchySegment: READ,
  Blob_Download: READ,
  Blob_GetProperties: READ,
  Blob_Delete: { action: 'blobServices/containers/blobs/delete' },
  Blob_Undelete: WRITE_CONTAINER,
  Blob_SetExpiry: WRITE,
  Blob_SetHTTPHeaders: WRITE,
  Blob_SetMetadata: WRITE,
  Blob_AcquireLease: WRITE,
  Blob_ReleaseLease: WRITE,
  Blob_RenewLease: WRITE,
  Blob_ChangeLease: WRITE,
  Blob_BreakLease: WRITE,
  Blob_CreateSnapshot: WRITE,
  Blob_StartCopyFromURL: WRITE,
  Blob_CopyFromURL: WRITE,
  Blob_AbortCopyFromURL: WRITE,
  Blob_SetTier: WRITE,
  Blob_Query: READ,
  Blob_GetTags: { action: 'blobServices/containers/blobs/tags/read' },
  Blob_SetTags: { action: 'blobServices/containers/blobs/tags/write' },
  PageBlob_Create: WRITE,
  PageBlob_UploadPages: WRITE,
  PageBlob_ClearPages: WRITE,
  PageBlob_UploadPagesFromURL: WRITE,
  PageBlob_GetPageRanges: READ,
  PageBlob_GetPageRangesDiff: READ,
  PageBlob_Resize: WRITE,
  PageBlob_UpdateSequenceNumber: WRITE,
  PageBlob_CopyIncremental: WRITE,
  AppendBlob_Create: WRITE,
  AppendBlob_AppendBlock: WRITE,
  AppendBlob_AppendBlockFromUrl: WRITE,
  AppendBlob_Seal: WRITE,
  BlockBlob_Upload: WRITE,
  BlockBlob_PutBlobFromUrl: WRITE,
  BlockBlob_StageBlock: WRITE,
  BlockBlob_StageBlockFromURL: WRITE,
  BlockBlob_CommitBlockList: WRITE,
  BlockBlob_GetBlockList: READ,
};
