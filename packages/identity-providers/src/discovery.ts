import { allowInsecureRequests, customFetch, discovery, None, type ServerMetadata } from 'openid-client';
import type { Ask } from './ask.ts';
import { asProviderError } from './failures.ts';
import { ProviderError } from './identity-provider.ts';
import { discoveryMaxAgeMs } from './limits.ts';

/** What a provider says of itself. */
export type Metadata = Readonly<ServerMetadata>;

type Options = {
  issuer: string;
  clientId: string;
  providerName: string;
  ask: Ask;
  now: () => Date;
};

/** Reads a discovery document. OpenID Connect Discovery 1.0 §4 */
const discover = async ({ issuer, clientId, providerName, ask }: Options): Promise<Metadata> => {
  const found = await discovery(new URL(issuer), clientId, undefined, None(), {
    [customFetch]: ask,
    // `ask` decides which addresses may be reached over http.
    execute: [allowInsecureRequests],
  }).catch((error) => {
    throw asProviderError(error, 'discovery', providerName);
  });
  const metadata = found.serverMetadata();
  if (metadata.issuer !== issuer) {
    throw new ProviderError(
      'misconfigured',
      'issuer',
      `${providerName} calls itself ${metadata.issuer}. Set its issuer to exactly this, or check that it is the provider you mean.`,
    );
  }
  return metadata;
};

/**
 * Keeps what a provider says of itself for an hour. Who asks while it is being read waits for the same answer; one that failed is not kept, so
 * that the next question tries again.
 */
export const keepDiscovery = (options: Options): (() => Promise<Metadata>) => {
  let kept: { metadata: Promise<Metadata>; readAt: number } | undefined;

  return () => {
    const readAt = options.now().getTime();
    if (kept !== undefined && Math.abs(readAt - kept.readAt) < discoveryMaxAgeMs) return kept.metadata;
    const reading = { metadata: discover(options), readAt };
    kept = reading;
    reading.metadata.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading.metadata;
  };
};
