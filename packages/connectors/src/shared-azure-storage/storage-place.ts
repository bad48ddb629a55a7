import type { TokenCredential } from '@azure/identity';
import { AnonymousCredential, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { AuthenticationKind } from './authentications.ts';
import { type Identity, type IdentityContext, openIdentity } from './identity/identity.ts';
import { readSas, type Sas } from './sas.ts';
import { storageEndpoint } from './storage-endpoint.ts';

/** The settings and secrets of both connectors, as their manifests return them. */
export type StorageTarget = {
  settings: {
    accountName: string;
    container: string;
    baseFolder?: string;
    authentication: AuthenticationKind;
    tenantId?: string;
    clientId?: string;
    clientSecretExpiresOn?: string;
    authority?: string;
    endpoint?: string;
  };
  secrets: { accountKey?: string; sasToken?: string; clientSecret?: string; certificate?: string };
};

/** Where files are kept, and with what credential: everything a client of the SDK is made from. */
export type StoragePlace = {
  account: string;
  container: string;
  /** Empty for the container itself. */
  folder: string;
  endpoints: { dfs: string; blob: string };
  authentication: AuthenticationKind;
  credential: StorageSharedKeyCredential | AnonymousCredential | TokenCredential;
  /** Who opens the account where neither a key nor a SAS token does. */
  identity?: Identity;
  tenantId?: string;
  clientId?: string;
  /** What the SAS token says about itself, when there is one. */
  sas?: Sas;
  /** `?` and the SAS token, or nothing: the SDK takes it as part of the URL. */
  query: string;
  hasCredential: boolean;
  hasCustomEndpoint: boolean;
  /** When what opens the account ends, as far as it is known. */
  credentialExpiresAt: Date | undefined;
};

const credentialOf = ({ settings, secrets }: StorageTarget, identity: Identity | undefined) => {
  if (identity !== undefined) return identity.credential;
  return settings.authentication === 'sharedKey'
    ? new StorageSharedKeyCredential(settings.accountName, secrets.accountKey ?? '')
    : new AnonymousCredential();
};

/** Reads a target whose settings and secrets have been parsed by the manifest. */
export const placeOf = (target: StorageTarget, context: IdentityContext): StoragePlace => {
  const { settings, secrets } = target;
  const { authentication, tenantId, clientId } = settings;
  const token = authentication === 'sas' ? (secrets.sasToken ?? '') : '';
  const sas = authentication === 'sas' ? readSas(token) : undefined;
  const identity = openIdentity(target, context);
  return {
    account: settings.accountName,
    container: settings.container,
    folder: settings.baseFolder ?? '',
    endpoints: { dfs: storageEndpoint(settings, 'dfs'), blob: storageEndpoint(settings, 'blob') },
    authentication,
    credential: credentialOf(target, identity),
    identity,
    tenantId,
    clientId,
    sas,
    query: token === '' ? '' : `?${token}`,
    hasCredential: identity?.hasCredential ?? (authentication === 'sas' ? token : (secrets.accountKey ?? '')) !== '',
    hasCustomEndpoint: settings.endpoint !== undefined,
    credentialExpiresAt: sas?.expiresAt ?? identity?.expiresAt,
  };
};
