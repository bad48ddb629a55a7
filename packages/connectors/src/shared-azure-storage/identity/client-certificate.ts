import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { FindingCode } from '../findings/findings.ts';
import { pemParts } from './pem.ts';

/** A certificate with its key, or what is wrong with it that can be told before anybody is asked. */
export type ClientCertificate = { expiresAt?: Date; problem?: FindingCode };

const partOf = (pem: string, isWanted: (label: string) => boolean): string | undefined => {
  const part = pemParts(pem).find(({ label }) => isWanted(label));
  return part && `-----BEGIN ${part.label}-----\n${part.body}\n-----END ${part.label}-----\n`;
};

/** Reads a PEM text; the first certificate in it is the one that Entra knows the application by. */
export const readClientCertificate = (pem: string, now: Date): ClientCertificate => {
  try {
    const certificate = new X509Certificate(partOf(pem, (label) => label === 'CERTIFICATE') ?? '');
    const expiresAt = certificate.validToDate;
    const key = createPrivateKey(partOf(pem, (label) => label.endsWith('PRIVATE KEY')) ?? '');
    if (!certificate.checkPrivateKey(key)) return { expiresAt, problem: 'clientCertificateKeyMismatch' };
    return { expiresAt, problem: expiresAt <= now ? 'clientCertificateExpired' : undefined };
  } catch {
    return { problem: 'clientCertificateUnreadable' };
  }
};
