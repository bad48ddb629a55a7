import { header, param } from '../lake-request.ts';
import { storageError } from '../storage-error.ts';
import { appendData, flushData } from './append-data.ts';
import { createPath } from './create-path.ts';
import { deletePath } from './delete-path.ts';
import type { DfsCall } from './dfs-call.ts';
import {
  createFilesystem,
  deleteFilesystem,
  getFilesystemProperties,
  listFilesystems,
  requireFilesystemName,
  setFilesystemProperties,
} from './filesystems.ts';
import { listPaths } from './list-paths.ts';
import { getPathProperties, readPath } from './read-path.ts';
import { renamePath } from './rename-path.ts';
import { setAccessControl, setAccessControlRecursive, setPathProperties } from './update-path.ts';

type Handler = (call: DfsCall) => Promise<void>;

const UPDATES: Readonly<Record<string, Handler>> = {
  append: appendData,
  flush: flushData,
  setProperties: setPathProperties,
  setAccessControl,
  setAccessControlRecursive,
};

const updatePath: Handler = (call) => {
  const action = param(call.request, 'action') ?? '';
  const update = UPDATES[action];
  if (!update) {
    throw storageError('InvalidQueryParameterValue', {
      message: `action must be one of ${Object.keys(UPDATES).join(', ')}.`,
    });
  }
  return update(call);
};

const handleFilesystem: Handler = (call) => {
  const { method } = call.request;
  if (param(call.request, 'resource') === 'filesystem') {
    switch (method) {
      case 'PUT':
        return createFilesystem(call);
      case 'PATCH':
        return setFilesystemProperties(call);
      case 'DELETE':
        return deleteFilesystem(call);
      case 'HEAD':
        return getFilesystemProperties(call);
      case 'GET':
        return listPaths(call);
      default:
        throw storageError('UnsupportedHttpVerb');
    }
  }
  // Without a resource the container itself is its root directory.
  if (method === 'HEAD' && param(call.request, 'action') !== undefined) return getPathProperties(call);
  if (method === 'PATCH') return updatePath(call);
  throw storageError('InvalidUri', { message: 'The request URI is invalid: name a path, or resource=filesystem.' });
};

const handlePath: Handler = (call) => {
  const source = header(call.request, 'x-ms-rename-source');
  switch (call.request.method) {
    case 'PUT':
      return source === undefined ? createPath(call) : renamePath(call, source);
    case 'PATCH':
      return updatePath(call);
    case 'DELETE':
      return deletePath(call);
    case 'HEAD':
      return getPathProperties(call);
    case 'GET':
      return readPath(call);
    case 'POST':
      throw storageError('NotImplemented', {
        message: 'Path - Lease is not implemented; lease through the Blob protocol (comp=lease), as the SDKs do.',
      });
    default:
      throw storageError('UnsupportedHttpVerb');
  }
};

/** Answers one Data Lake Storage Gen2 request ("Azure Data Lake Storage Gen2 REST API"). */
export const handleDfs: Handler = async (call) => {
  const { request } = call;
  if (request.container === '') {
    if (request.method === 'GET' && param(request, 'resource') === 'account') return listFilesystems(call);
    throw storageError('InvalidUri');
  }
  requireFilesystemName(request.container);
  return request.path === '' ? handleFilesystem(call) : handlePath(call);
};
