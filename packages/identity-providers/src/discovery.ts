import { allowInsecureRequests, customFetch, discovery, None, type ServerMetadata } from 'openid-client';
import type { Ask } from './ask.ts';
import { asProviderError } from './failures.ts';
import { ProviderError } from './identity-provider.ts';
import { discoveryMaxAgeMs } from './limits.ts';
import { readPlace } from './places.ts';

/** Places that no sign-in can do without, and those that many providers leave out. OpenID Connect Discovery 1.0 §3 */
const needed = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;
const optional = ['userinfo_endpoint', 'end_session_endpoint'] as const;

/** What a provider says of itself. */
export type Metadata = Readonly<ServerMetadata> & Readonly<Record<(typeof needed)[number], string>>;

const hasAllPlaces = (metadata: ServerMetadata): metadata is ServerMetadata & Metadata =>
  needed.every((name) => typeof metadata[name] === 'string');

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
  if (!hasAllPlaces(metadata)) {
    const missing = needed.filter((name) => metadata[name] === undefined).join(', ');
    throw new ProviderError('misconfigured', 'discovery', `${providerName} does not say its ${missing}.`);
  }
  for (const name of [...needed, ...optional]) {
    const place = metadata[name];
    if (place !== undefined) readPlace(place, providerName);
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
