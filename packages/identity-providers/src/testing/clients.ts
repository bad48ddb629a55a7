import type { AdapterPayload, ClientAuthMethod } from 'oidc-provider';
import type { SigningAlgorithm } from './signing-keys.ts';

/** An application that people sign in to with the stand-in. */
export type StandInClient = {
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string;
  /** How it shows its secret: in the body, unless this says in the header. */
  showsSecretIn?: 'header';
  redirectUris: readonly string[];
  postLogoutRedirectUris?: readonly string[];
  /** Where the provider tells that somebody signed out. */
  backChannelLogoutUri?: string;
};

const authenticationOf = ({ clientSecret, showsSecretIn }: StandInClient): ClientAuthMethod => {
  if (clientSecret === undefined) return 'none';
  return showsSecretIn === 'header' ? 'client_secret_basic' : 'client_secret_post';
};

/** What the library wants to know of a client. */
export const metadataOf = (client: StandInClient, algorithm: SigningAlgorithm): AdapterPayload => ({
  client_id: client.clientId,
  ...(client.clientSecret === undefined ? {} : { client_secret: client.clientSecret }),
  token_endpoint_auth_method: authenticationOf(client),
  redirect_uris: [...client.redirectUris],
  post_logout_redirect_uris: [...(client.postLogoutRedirectUris ?? [])],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  id_token_signed_response_alg: algorithm,
  ...(client.backChannelLogoutUri === undefined
    ? {}
    : { backchannel_logout_uri: client.backChannelLogoutUri, backchannel_logout_session_required: true }),
});
