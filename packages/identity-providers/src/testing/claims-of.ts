import type { StandInPerson } from './directory.ts';

/** Above as many groups Entra ID writes none into a token. */
export const maxGroupsInToken = 200;

type Json = Record<string, unknown>;

/** What a usual provider says of somebody. */
export const genericClaims = ({ email, name, groups, emailVerified = true }: StandInPerson): Json => ({
  email,
  email_verified: emailVerified,
  name,
  groups,
});

/** What Entra ID says of somebody, `groups` as the groups claim of the application says. */
export const entraClaims = ({ sub, email, name, groups, roles }: StandInPerson, tenantId: string): Json => ({
  tid: tenantId,
  oid: sub,
  preferred_username: email,
  name,
  ...(roles === undefined ? {} : { roles }),
  ...(groups.length <= maxGroupsInToken
    ? { groups }
    : {
        _claim_names: { groups: 'src1' },
        // The old Azure AD Graph, as it really is; nobody may ask there.
        _claim_sources: { src1: { endpoint: `https://graph.windows.net/${tenantId}/users/${sub}/getMemberObjects` } },
      }),
});
