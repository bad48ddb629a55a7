import type { House } from '../../house.ts';

/** A refresh token opens as that of its identity and as nothing else. */
const bindingOf = (identityId: string) => ['identity-refresh-token', identityId];

export const sealRefreshToken = ({ vault }: Pick<House, 'vault'>, identityId: string, token: string | null) =>
  token === null ? null : vault.sealDirectly(token, bindingOf(identityId));

/** Throws VaultError when it was sealed for another identity. */
export const openRefreshToken = ({ vault }: Pick<House, 'vault'>, identityId: string, sealed: Uint8Array): string =>
  vault.openDirectly(sealed, bindingOf(identityId));
