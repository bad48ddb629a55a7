import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its private key (PKCS #8), both PEM. */
export type CertificatePem = { cert: string; key: string };

/** Small and taken by every client of TLS. */
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** What Entra asks of the certificates of applications, and what its SDKs sign with. */
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

const DAY_MS = 86_400_000;
/** A clock that is somewhat behind must not find a new certificate too young. */
const BACKDATED_MS = 3_600_000;
const CA_DAYS = 3650;
/** The longest that Apple's clients take of a server's certificate. */
const SERVER_DAYS = 397;

const generateKeys = (algorithm: typeof ECDSA | typeof RSA): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const keyPem = async (key: CryptoKey): Promise<string> =>
  `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;

/** RFC 5280, 4.1.2.2: positive, at most 20 octets. */
const serialNumber = (): string => `00${randomBytes(15).toString('hex')}`;

const validFor = (days: number) => ({
  notBefore: new Date(Date.now() - BACKDATED_MS),
  notAfter: new Date(Date.now() + days * DAY_MS),
});

/** Makes a certificate authority of its own key. */
export const makeAuthority = async (): Promise<CertificatePem> => {
  const keys = await generateKeys(ECDSA);
  const cert = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Lake emulator CA',
    ...validFor(CA_DAYS),
    signingAlgorithm: ECDSA,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
};

const subjectNames = (names: readonly string[]): JsonGeneralNames =>
  names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }));

/** Makes a server's certificate for these names and addresses, signed by the authority. */
export const makeServerCertificate = async (
  authority: CertificatePem,
  names: readonly string[],
): Promise<CertificatePem> => {
  const keys = await generateKeys(ECDSA);
  const issuer = new X509Certificate(authority.cert);
  const cert = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=Lake emulator',
    issuer: issuer.subject,
    ...validFor(SERVER_DAYS),
    signingAlgorithm: ECDSA,
    signingKey: await crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(authority.key), ECDSA, false, ['sign']),
    publicKey: keys.publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(subjectNames(names)),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
};

/**
 * Makes a self-signed RSA certificate such as applications register with a tenant, to sign client assertions with.
 * @param commonName e.g. `lake-app`.
 */
export const makeClientCertificate = async (commonName: string, days = SERVER_DAYS): Promise<CertificatePem> => {
  const keys = await generateKeys(RSA);
  const cert = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    ...validFor(days),
    signingAlgorithm: RSA,
    keys,
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
};
