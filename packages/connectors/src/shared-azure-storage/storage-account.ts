import { BlobServiceClient } from '@azure/storage-blob';
import type { ClientOptions } from './guarded-http-client.ts';
import type { Sas } from './sas.ts';
import type { StoragePlace } from './storage-place.ts';

export type AccountFacts = { kind?: string; sku?: string; isHierarchical?: boolean };

/** What a check asks about the account and the container; Blob answers it for both services. Each call is one request. */
export type StorageAccount = {
  endpoint: string;
  /** https://learn.microsoft.com/rest/api/storageservices/get-account-information */
  about(signal: AbortSignal): Promise<AccountFacts>;
  /** https://learn.microsoft.com/rest/api/storageservices/get-container-properties */
  aboutContainer(signal: AbortSignal): Promise<{ isImmutable: boolean }>;
  createContainer(signal: AbortSignal): Promise<void>;
};

/** Whether a credential may ask for a container's properties: a service SAS never may. */
export const mayAskContainer = (sas: Sas | undefined): boolean =>
  sas === undefined || (sas.kind === 'account' && (sas.resourceTypes ?? '').includes('c'));

/** Whether a credential may create a container, as far as it says so itself. */
export const mayCreateContainer = (sas: Sas | undefined): boolean =>
  sas === undefined || (mayAskContainer(sas) && /[cw]/.test(sas.permissions ?? ''));

/** A SAS that does not reach the service may still ask about the account through the container. */
const mayAskService = (sas: Sas | undefined): boolean =>
  sas === undefined || (sas.kind === 'account' && (sas.resourceTypes ?? '').includes('s'));

export const openAccount = (place: StoragePlace, options: ClientOptions): StorageAccount => {
  const service = new BlobServiceClient(`${place.endpoints.blob}${place.query}`, place.credential, options);
  const container = service.getContainerClient(place.container);
  return {
    endpoint: place.endpoints.blob,
    async about(abortSignal) {
      const asked = mayAskService(place.sas) ? service : container;
      const { accountKind, skuName, isHierarchicalNamespaceEnabled } = await asked.getAccountInfo({ abortSignal });
      return { kind: accountKind, sku: skuName, isHierarchical: isHierarchicalNamespaceEnabled };
    },
    async aboutContainer(abortSignal) {
      const { hasImmutabilityPolicy, hasLegalHold } = await container.getProperties({ abortSignal });
      return { isImmutable: hasImmutabilityPolicy === true || hasLegalHold === true };
    },
    async createContainer(abortSignal) {
      await container.createIfNotExists({ abortSignal });
    },
  };
};
