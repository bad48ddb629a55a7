import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { engineLimits } from '../limits.ts';

export type Fingerprint = { bytes: number; sha256: string };

/** Size and SHA-256 of a file as it was written. */
export const fingerprintOf = async (path: string, signal: AbortSignal): Promise<Fingerprint> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: engineLimits.chunkBytes, signal })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
};
