import { convertHttpClient, createRequestPolicyFactoryPolicy } from '@azure/core-http-compat';
import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  RestError,
} from '@azure/core-rest-pipeline';
import type { ClientOptions } from '../shared-azure-storage/guarded-http-client.ts';
import { storageAudience } from '../shared-azure-storage/identity/identity.ts';
import type { StoragePlace } from '../shared-azure-storage/storage-place.ts';

/** The version of the protocol that has all of what is sent here. */
const protocolVersion = '2023-11-03';

export const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** One request about a path. Resolves to what the next one has to say to go on, where storage has not done all of it. */
export type LakeRequest = (
  method: 'PUT' | 'DELETE',
  path: string,
  options: { query?: Record<string, string>; headers?: Record<string, string>; signal: AbortSignal },
) => Promise<{ continuation: string | undefined }>;

/**
 * Signed requests over the Data Lake endpoint for what the SDK cannot: its `move` loses the path of an endpoint that has one, and where
 * storage left off; its `delete` hides its many requests behind one.
 */
export const lakeRequests = (place: StoragePlace, { httpClient }: ClientOptions): LakeRequest => {
  const pipeline = createEmptyPipeline();
  const { credential } = place;
  pipeline.addPolicy(
    'getToken' in credential
      ? bearerTokenAuthenticationPolicy({ credential, scopes: storageAudience })
      : createRequestPolicyFactoryPolicy([credential]),
  );
  const client = convertHttpClient(httpClient);

  return async (method, path, { query = {}, headers = {}, signal }) => {
    const url = new URL(`${place.endpoints.dfs}/${place.container}/${encodedPath(path)}${place.query}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const request = createPipelineRequest({
      url: url.href,
      method,
      headers: createHttpHeaders({ 'x-ms-version': protocolVersion, accept: 'application/json', ...headers }),
      abortSignal: signal,
      allowInsecureConnection: true,
    });
    const response = await pipeline.sendRequest(client, request);
    if (response.status >= 300) throw new RestError('Storage refused.', { response });
    return { continuation: response.headers.get('x-ms-continuation') || undefined };
  };
};
