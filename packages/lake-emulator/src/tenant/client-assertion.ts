import { createHash, X509Certificate } from 'node:crypto';
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importX509,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import type { FederatedCredential, TenantClient } from './clients.ts';
import { EntraError, entraTime } from './entra-error.ts';

/** RFC 7523; certificates sign with either, and issuers of workloads with the first. */
const ALGORITHMS = ['RS256', 'PS256'];

/** The longest that Entra lets a client assertion live. */
const CLOCK_TOLERANCE_SECONDS = 300;

type Header = { alg?: string; x5t?: string; 'x5t#S256'?: string };
type Decoded = { header: Header; payload: JWTPayload };

const decode = (assertion: string): Decoded => {
  try {
    return { header: decodeProtectedHeader(assertion) as Header, payload: decodeJwt(assertion) };
  } catch {
    throw new EntraError(50027, 'JWT token is invalid or malformed.');
  }
};

const thumbprint = (certificate: X509Certificate, hash: 'sha1' | 'sha256'): string =>
  createHash(hash).update(certificate.raw).digest('base64url');

const findCertificate = (client: TenantClient, header: Header): X509Certificate | undefined =>
  (client.certificates ?? [])
    .map((pem) => new X509Certificate(pem))
    .find(
      (certificate) =>
        (header.x5t !== undefined && header.x5t === thumbprint(certificate, 'sha1')) ||
        (header['x5t#S256'] !== undefined && header['x5t#S256'] === thumbprint(certificate, 'sha256')),
    );

const notRegistered = (client: TenantClient, header: Header, reason: string): EntraError => {
  const used = Buffer.from(header.x5t ?? header['x5t#S256'] ?? '', 'base64url')
    .toString('hex')
    .toUpperCase();
  const thumbprintText = used === '' ? '' : ` Thumbprint of key used by client: '${used}',`;
  return new EntraError(
    700027,
    `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - ${reason},${thumbprintText} Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${client.clientId}'.]`,
  );
};

const outOfTime = ({ nbf, exp }: JWTPayload): EntraError => {
  const text = (seconds: number | undefined): string =>
    seconds === undefined ? 'unknown' : new Date(seconds * 1000).toISOString();
  return new EntraError(
    700024,
    `Client assertion is not within its valid time range. Current time: ${new Date().toISOString()}, assertion valid from ${text(nbf)}, expiry time of assertion ${text(exp)}.`,
  );
};

/** Turns what jose found into what Entra says of it. */
const refusal = (error: unknown, payload: JWTPayload, whenSignatureIsWrong: EntraError): EntraError => {
  if (error instanceof errors.JWTExpired) return outOfTime(payload);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf' || error.claim === 'exp') return outOfTime(payload);
    if (error.claim === 'aud') {
      return new EntraError(700023, 'Client assertion audience claim does not match Realm issuer.');
    }
    return new EntraError(50027, `JWT token is invalid or malformed: ${error.claim}.`);
  }
  return whenSignatureIsWrong;
};

/**
 * An assertion by a registered certificate: `iss` and `sub` name the client, `aud` the tenant, `jti` is there. Like Entra
 * it may be presented more than once, as its SDKs do until it expires.
 */
const verifyCertificate = async (
  client: TenantClient,
  assertion: string,
  { header, payload }: Decoded,
  audiences: readonly string[],
): Promise<void> => {
  const certificate = findCertificate(client, header);
  if (!certificate) throw notRegistered(client, header, 'The key was not found.');
  if (Date.parse(certificate.validTo) < Date.now()) {
    throw notRegistered(
      client,
      header,
      `The key used is expired. End time: ${entraTime(new Date(certificate.validTo))}`,
    );
  }
  try {
    const key = await importX509(certificate.toString(), header.alg ?? '');
    await jwtVerify(assertion, key, {
      algorithms: ALGORITHMS,
      issuer: client.clientId,
      subject: client.clientId,
      audience: [...audiences],
      requiredClaims: ['exp', 'jti'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
  } catch (error) {
    throw refusal(error, payload, notRegistered(client, header, 'The signature is invalid.'));
  }
};

const noFederation = (code: 700211 | 700212 | 700213, what: string, value: unknown): EntraError =>
  new EntraError(
    code,
    `No matching federated identity record found for presented assertion ${what} '${String(value)}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation`,
  );

const findFederation = (client: TenantClient, { iss, sub, aud }: JWTPayload): FederatedCredential => {
  const ofIssuer = (client.federated ?? []).filter(({ issuer }) => issuer === iss);
  if (ofIssuer.length === 0) throw noFederation(700211, 'issuer', iss);
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub);
  if (ofSubject.length === 0) throw noFederation(700213, 'subject', sub);
  const found = ofSubject.find(({ audience }) => [aud].flat().includes(audience));
  if (!found) throw noFederation(700212, 'audience', aud);
  return found;
};

const verifyFederated = async (client: TenantClient, assertion: string, { payload }: Decoded): Promise<void> => {
  const { keys, ...registered } = findFederation(client, payload);
  try {
    await jwtVerify(assertion, createLocalJWKSet(keys), {
      algorithms: ALGORITHMS,
      ...registered,
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
  } catch (error) {
    throw refusal(error, payload, new EntraError(700211, 'Client assertion failed signature validation.'));
  }
};

/**
 * Verifies a `client_assertion`: one that the application signed itself, or one of an issuer that it trusts.
 * @param audiences what `aud` of its own may be: the tenant's issuer and token endpoints.
 * @throws EntraError AADSTS700027, 700024, 700023, 700211, 700212, 700213 or 50027.
 */
export const verifyClientAssertion = async (
  client: TenantClient,
  assertion: string,
  audiences: readonly string[],
): Promise<void> => {
  const decoded = decode(assertion);
  const isOwn = decoded.payload.iss === client.clientId || decoded.header.x5t !== undefined;
  if (isOwn) await verifyCertificate(client, assertion, decoded, audiences);
  else await verifyFederated(client, assertion, decoded);
};
