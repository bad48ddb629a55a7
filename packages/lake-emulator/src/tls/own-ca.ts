import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CertificatePem, makeAuthority, makeServerCertificate } from './certificates.ts';

/** A certificate authority for this machine's loopback names. */
export type OwnCa = {
  /** The authority's certificate, PEM: what clients have to trust. */
  cert: string;
  /** Where it lies, for `NODE_EXTRA_CA_CERTS` and the like; only with a directory. */
  file: string | undefined;
  /** A server's certificate for all loopback names and these. */
  issue(names?: readonly string[]): Promise<CertificatePem>;
};

/** A wildcard stands for one label, and many clients want two after it, so `account.localhost` has to be given by name. */
const LOOPBACK_NAMES = ['localhost', '*.localhost', '*.dfs.localhost', '*.blob.localhost', '127.0.0.1', '::1'];

/** An authority that has less time left is made anew, so that no certificate outlives it. */
const MIN_REST_MS = 400 * 86_400_000;

const OWNER_ONLY = 0o600;

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const keptAuthority = async (certFile: string, keyFile: string): Promise<CertificatePem | undefined> => {
  const [cert, key] = await Promise.all([readIfThere(certFile), readIfThere(keyFile)]);
  if (cert === undefined || key === undefined) return undefined;
  const restMs = Date.parse(new X509Certificate(cert).validTo) - Date.now();
  return restMs < MIN_REST_MS ? undefined : { cert, key };
};

const openAuthority = async (directory: string): Promise<CertificatePem & { file: string }> => {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'ca.pem');
  const keyFile = join(directory, 'ca-key.pem');
  const kept = await keptAuthority(file, keyFile);
  if (kept) return { ...kept, file };
  const made = await makeAuthority();
  await writeFile(keyFile, made.key, { mode: OWNER_ONLY });
  await writeFile(file, made.cert, { mode: OWNER_ONLY });
  return { ...made, file };
};

/**
 * Opens a certificate authority of one's own, for servers on loopback.
 * @param options.directory keeps it as `ca.pem` and `ca-key.pem`, readable by their owner alone; in memory when absent.
 * @throws Error when the directory cannot be used or what lies in it is no certificate.
 */
export const createOwnCa = async (options: { directory?: string } = {}): Promise<OwnCa> => {
  const { file, ...authority } =
    options.directory === undefined
      ? { ...(await makeAuthority()), file: undefined }
      : await openAuthority(options.directory);
  return {
    cert: authority.cert,
    file,
    issue: (names = []) => makeServerCertificate(authority, [...new Set([...LOOPBACK_NAMES, ...names])]),
  };
};
