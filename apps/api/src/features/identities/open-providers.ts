import { createOutbound, guardedFetch } from '@junction/connectors/outbound';
import { allowedHostsOf, createIdentityProvider, type IdentityProvider } from '@junction/identity-providers';
import type { House } from '../../house.ts';
import { providerSettingsOf } from './provider-settings.ts';

/**
 * The configured identity providers, each with an outbound guard of its own: nobody who sets up a connection reaches their hosts by it, and
 * they reach nothing else but what the operator listed.
 */
export const openIdentityProviders = ({ env, clock }: Pick<House, 'env' | 'clock'>): IdentityProvider[] =>
  providerSettingsOf(env).map((settings) => {
    const outbound = createOutbound({ allowedHosts: [...allowedHostsOf(settings), ...env.JUNCTION_ALLOWED_HOSTS] });
    return createIdentityProvider(settings, { fetch: guardedFetch(outbound), now: () => clock.now() });
  });
