import type { IdentityProvider } from '@junction/identity-providers';
import type { House } from '../../house.ts';

/** The configured provider that calls itself so; undefined for one that is not configured any more. */
export const providerOf = (
  { identityProviders }: Pick<House, 'identityProviders'>,
  issuer: string,
): IdentityProvider | undefined => identityProviders.find((provider) => provider.issuer === issuer);
