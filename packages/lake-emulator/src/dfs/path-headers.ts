import type { BlobDocument } from '../azurite/azurite-types.ts';
import { DIRECTORY_MARK, isDirectory } from '../azurite/lake-store.ts';
import { header, type LakeRequest } from '../lake-request.ts';
import { storageError } from '../storage-error.ts';
import { accessOf } from './access-control-list.ts';
import { isLeased } from './leases.ts';

/** `x-ms-properties`: comma-separated `name=base64(value)` pairs. */
export const formatProperties = (metadata: Record<string, string> | undefined): string | undefined => {
  const pairs = Object.entries(metadata ?? {}).filter(([name]) => name.toLowerCase() !== DIRECTORY_MARK);
  if (pairs.length === 0) return undefined;
  return pairs.map(([name, value]) => `${name}=${Buffer.from(value).toString('base64')}`).join(',');
};

/** Blob answers the same properties as headers `x-ms-meta-<name>`, so a name needs the characters of an HTTP token. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** "The string may only contain ASCII characters in the ISO-8859-1 character set." */
const HEADER_VALUE = /^[\t\x20-\x7e\xa0-\xff]*$/;

/** @throws StorageError `InvalidPropertyName` or `InvalidHeaderValue`. */
export const parseProperties = (request: LakeRequest): Record<string, string> | undefined => {
  const text = header(request, 'x-ms-properties');
  if (text === undefined) return undefined;
  const pairs = text.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 0) throw storageError('InvalidHeaderValue', { message: 'x-ms-properties must be name=base64 pairs.' });
    const name = pair.slice(0, at).trim();
    if (name === '') throw storageError('InvalidPropertyName');
    const value = Buffer.from(pair.slice(at + 1), 'base64').toString('utf8');
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
      throw storageError('InvalidHeaderValue', {
        message: `x-ms-properties: "${name}" must have a name that can be part of a header name and a value in ISO-8859-1.`,
      });
    }
    return [name, value];
  });
  return Object.fromEntries(pairs);
};

/** Sets the properties that the request's `x-ms-content-*` and `x-ms-cache-control` headers name. */
export const applyContentHeaders = (request: LakeRequest, blob: BlobDocument): void => {
  const { properties } = blob;
  properties.contentType = header(request, 'x-ms-content-type') ?? properties.contentType;
  properties.contentEncoding = header(request, 'x-ms-content-encoding') ?? properties.contentEncoding;
  properties.contentLanguage = header(request, 'x-ms-content-language') ?? properties.contentLanguage;
  properties.contentDisposition = header(request, 'x-ms-content-disposition') ?? properties.contentDisposition;
  properties.cacheControl = header(request, 'x-ms-cache-control') ?? properties.cacheControl;
  const md5 = header(request, 'x-ms-content-md5');
  if (md5 !== undefined) properties.contentMD5 = Buffer.from(md5, 'base64');
};

/** Replaces the user's metadata, keeping the mark of a directory. */
export const applyProperties = (request: LakeRequest, blob: BlobDocument): void => {
  const metadata = parseProperties(request);
  if (metadata === undefined) return;
  blob.metadata = isDirectory(blob) ? { ...metadata, [DIRECTORY_MARK]: 'true' } : metadata;
};

/** Version headers every path operation answers with. */
export const versionHeaders = (blob: { properties: { etag: string; lastModified: Date } }) => ({
  ETag: blob.properties.etag,
  'Last-Modified': blob.properties.lastModified.toUTCString(),
});

/** POSIX headers and the kind of path, which Azure adds on both protocols of a hierarchical account. */
export const posixHeaders = (blob: BlobDocument): Record<string, string> => {
  const access = accessOf(blob.pathAccess, isDirectory(blob));
  return {
    'x-ms-resource-type': isDirectory(blob) ? 'directory' : 'file',
    'x-ms-owner': access.owner,
    'x-ms-group': access.group,
    'x-ms-permissions': access.permissions,
  };
};

/** All headers of Path - Get Properties and Path - Read, except length and range. */
export const pathHeaders = (
  blob: BlobDocument,
  isHierarchical: boolean,
  now: Date,
): Record<string, string | undefined> => {
  const { properties } = blob;
  const isHeld = isLeased(blob, now);
  const md5 = properties.contentMD5;
  return {
    ...versionHeaders(blob),
    'Accept-Ranges': 'bytes',
    'Cache-Control': properties.cacheControl,
    'Content-Disposition': properties.contentDisposition,
    'Content-Encoding': properties.contentEncoding,
    'Content-Language': properties.contentLanguage,
    'Content-Type': properties.contentType ?? 'application/octet-stream',
    'Content-MD5': md5 && Object.keys(md5).length > 0 ? Buffer.from(Object.values(md5)).toString('base64') : undefined,
    'x-ms-resource-type': isDirectory(blob) ? 'directory' : 'file',
    ...(isHierarchical ? posixHeaders(blob) : {}),
    'x-ms-properties': formatProperties(blob.metadata),
    'x-ms-creation-time': properties.creationTime?.toUTCString(),
    'x-ms-lease-state': isHeld ? properties.leaseState : 'available',
    'x-ms-lease-status': isHeld ? 'locked' : 'unlocked',
    'x-ms-lease-duration': isHeld ? properties.leaseDuration : undefined,
    'x-ms-server-encrypted': 'true',
  };
};
