import { type AuthenticationKind, isServicePrincipal } from '../authentications.ts';
import { type StorageAddress, storageEndpoint } from '../storage-endpoint.ts';
import type { StorageService } from '../storage-url.ts';
import { cloudFor } from './clouds.ts';

/** What decides about where the secrets of a connection go. */
export type SecretsAddress = StorageAddress & {
  authentication: AuthenticationKind;
  tenantId?: string;
  authority?: string;
};

/**
 * The place that secrets may be sent to. A key or a SAS goes to the account alone; the secret of a service principal proves to the
 * authority who it is, for a tenant there, and what that gives for it goes to the account.
 */
export const secretsEndpoint =
  (service: StorageService) =>
  (settings: SecretsAddress): string => {
    const endpoint = storageEndpoint(settings, service);
    return isServicePrincipal(settings.authentication)
      ? `${endpoint}#${cloudFor(settings).authority}/${settings.tenantId ?? ''}`
      : endpoint;
  };
