import type { CheckStep, Remedy } from '@junction/contracts';
import type { AuthenticationKind } from '../authentications.ts';
import type { StorageStep } from '../manifest-parts.ts';
import type { StorageService } from '../storage-url.ts';

/** What findings put into their sentences. Nothing secret is ever a fact. */
export type Facts = {
  account: string;
  container: string;
  /** Base folder; empty for the container itself. */
  folder: string;
  /** Host (and port) that was asked. */
  host: string;
  authentication: AuthenticationKind;
  hasCustomEndpoint: boolean;
  /** The storage service's own code for an error, such as `AuthorizationFailure`. */
  errorCode?: string;
  status?: number;
  /** Names of missing SAS permissions, services or resource types, in words. */
  missing?: string;
  /** A path inside the container. */
  path?: string;
  minutes?: number;
  /** A point in time, RFC 3339. */
  when?: string;
  retryAfterSeconds?: number;
  /** Who opens the account where no key does, as the beginning of a sentence: "The service principal … of tenant …". */
  identity?: string;
  tenantId?: string;
  clientId?: string;
  /** The identity's object ID in Entra. */
  objectId?: string;
  /** Who gives its tokens. */
  authorityHost?: string;
  /** A role that the identity has, and for what. */
  roleThere?: string;
  scopeThere?: string;
  /** A sentence of the outbound guard. */
  refusal?: string;
  refusalRemedy?: string;
};

/** One thing that a step can find: a row of the table in the connector's README. */
export type Finding = {
  /** The steps that can find it; none where only reading entities does. */
  steps: readonly StorageStep[];
  status: CheckStep['status'];
  /** The one service that can find it; both when absent. */
  onlyFor?: StorageService;
  /** A failure that may pass by itself. */
  isTransient?: true;
  message: (facts: Facts) => string;
  /** The sentence that says what to do, and a command to copy where one fits. */
  remedy?: (facts: Facts) => Remedy;
  /** The form's field to correct. */
  field?: (facts: Facts) => string;
};

/** Keeps the codes as literal types. */
export const findingTable = <const Code extends string>(table: Record<Code, Finding>): Record<Code, Finding> => table;

/** The field that holds the credential in use. */
export const secretField = ({ authentication }: Facts): string => credentialFields[authentication];

const credentialFields: Readonly<Record<AuthenticationKind, string>> = {
  sharedKey: 'secrets.accountKey',
  sas: 'secrets.sasToken',
  servicePrincipalSecret: 'secrets.clientSecret',
  servicePrincipalCertificate: 'secrets.certificate',
  serverIdentity: 'settings.authentication',
};

/** The field that decides about the host. */
export const hostField = ({ hasCustomEndpoint }: Facts): string =>
  hasCustomEndpoint ? 'settings.endpoint' : 'settings.accountName';

/** A remedy without facts. */
export const advice = (text: string) => (): Remedy => ({ text });
