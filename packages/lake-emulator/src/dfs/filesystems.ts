import { requirePermission } from '../auth/require-permission.ts';
import { parts } from '../azurite/azurite-parts.ts';
import type { ContainerDocument } from '../azurite/azurite-types.ts';
import { touch } from '../azurite/documents.ts';
import { header, param } from '../lake-request.ts';
import { sendResult } from '../respond.ts';
import { storageError } from '../storage-error.ts';
import { requireReadConditions, requireWriteConditions } from './conditions.ts';
import { type DfsCall, requireFilesystem } from './dfs-call.ts';
import { requireLease } from './leases.ts';
import { formatProperties, parseProperties, versionHeaders } from './path-headers.ts';

/** "Naming and referencing containers": 3 to 63 lower-case letters, digits and single hyphens. */
const FILESYSTEM_NAME = /^(?:\$root|\$web|\$logs|[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9])$/;
/** Filesystems in one answer of the list, Azure's limit. */
const MAX_PAGE = 5000;

const demand = (call: DfsCall, anyOf: string) =>
  requirePermission(call.access, {
    container: call.request.container,
    path: '',
    resourceType: 'c',
    anyOf,
    isClosedToServiceSas: true,
  });

const context = ({ request }: DfsCall) => ({ contextId: request.id, startTime: request.receivedAt });

/** @throws StorageError `InvalidResourceName`. */
export const requireFilesystemName = (name: string): void => {
  if (!FILESYSTEM_NAME.test(name)) throw storageError('InvalidResourceName');
};

/** Filesystem - Create. */
export const createFilesystem = async (call: DfsCall): Promise<void> => {
  const { request, store, account } = call;
  demand(call, 'cw');
  const now = new Date();
  const filesystem: ContainerDocument = {
    accountName: request.account,
    name: request.container,
    metadata: parseProperties(request),
    properties: {
      etag: parts.newEtag(),
      lastModified: now,
      leaseStatus: 'unlocked',
      leaseState: 'available',
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
    },
  };
  await store.exclusive(() => {
    if (store.findContainer(request.account, request.container)) throw storageError('FilesystemAlreadyExists');
    return store.createContainer(context(call), filesystem);
  });
  sendResult(call.response, request, 201, {
    ...versionHeaders(filesystem),
    'x-ms-namespace-enabled': String(account.hierarchicalNamespace),
  });
};

/** Filesystem - Get Properties. */
export const getFilesystemProperties = async (call: DfsCall): Promise<void> => {
  demand(call, 'r');
  const filesystem = requireFilesystem(call);
  requireReadConditions(call.request, filesystem);
  sendResult(call.response, call.request, 200, {
    ...versionHeaders(filesystem),
    'x-ms-properties': formatProperties(filesystem.metadata),
    'x-ms-namespace-enabled': String(call.account.hierarchicalNamespace),
  });
};

/** Filesystem - Set Properties. */
export const setFilesystemProperties = async (call: DfsCall): Promise<void> => {
  const { request, store } = call;
  demand(call, 'w');
  const changed = await store.exclusive(() => {
    const filesystem = requireFilesystem(call);
    requireWriteConditions(request, filesystem);
    filesystem.metadata = parseProperties(request) ?? filesystem.metadata;
    touch(filesystem);
    return store.containers.update(filesystem);
  });
  sendResult(call.response, request, 200, versionHeaders(changed));
};

/** Filesystem - Delete, with everything in it. */
export const deleteFilesystem = async (call: DfsCall): Promise<void> => {
  const { request, store } = call;
  demand(call, 'd');
  await store.exclusive(() => {
    const filesystem = requireFilesystem(call);
    requireWriteConditions(request, filesystem);
    const leaseId = header(request, 'x-ms-lease-id');
    requireLease(filesystem, leaseId, request.receivedAt);
    return store.deleteContainer(context(call), request.account, request.container, {
      leaseAccessConditions: { leaseId },
    });
  });
  sendResult(call.response, request, 202);
};

/** Filesystem - List. */
export const listFilesystems = async (call: DfsCall): Promise<void> => {
  const { request, store } = call;
  requirePermission(call.access, {
    container: '',
    path: '',
    resourceType: 's',
    anyOf: 'l',
    isClosedToServiceSas: true,
  });
  const size = Math.min(Number(param(request, 'maxresults') ?? MAX_PAGE) || MAX_PAGE, MAX_PAGE);
  const [found, next] = await store.listContainers(
    context(call),
    request.account,
    param(request, 'prefix') ?? '',
    size,
    param(request, 'continuation') ?? '',
  );
  sendResult(
    call.response,
    request,
    200,
    { 'x-ms-continuation': next },
    {
      filesystems: found.map((filesystem) => ({
        name: filesystem.name,
        lastModified: filesystem.properties.lastModified.toUTCString(),
        etag: filesystem.properties.etag.replaceAll('"', ''),
      })),
    },
  );
};
