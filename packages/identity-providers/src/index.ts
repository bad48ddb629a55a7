export { createIdentityProvider, type IdentityProviderOptions } from './create-identity-provider.ts';
export * from './identity-provider.ts';
export { allowedHostsOf } from './places.ts';
