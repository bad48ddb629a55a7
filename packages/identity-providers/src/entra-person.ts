import { addressOf, type Claims, isYes, textOf, textsOf } from './claims.ts';
import { ProviderError } from './identity-provider.ts';
import type { Person } from './person.ts';

type Source = {
  claims: Claims;
  tenantId: string;
  providerName: string;
  /** Asks Microsoft Graph for the ids of all groups; see hasTooManyGroups. */
  askGroups: () => Promise<string[]>;
};

/**
 * Above 200 groups Entra ID leaves them out of the token and says where they are instead.
 * https://learn.microsoft.com/security/zero-trust/develop/configure-tokens-group-claims-app-roles#group-overages
 */
const hasTooManyGroups = (claims: Claims): boolean => {
  const elsewhere = claims._claim_names;
  return (typeof elsewhere === 'object' && elsewhere !== null && 'groups' in elsewhere) || isYes(claims, 'hasgroups');
};

/**
 * Who somebody is by the claims of Entra ID. https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 *
 * Whether an address is proven is where "nOAuth" came from: applications that let in people of any tenant matched them by the claim `email`,
 * which the administrators of a tenant can set to anybody's address. Here neither half holds. People are known by `oid`, and only those of the
 * one tenant that is configured come this far, by the issuer and by `tid`. `preferred_username` is their sign-in name, whose domain the tenant
 * has to own; a guest's is the name in their own tenant, which owns its domain too. `email`, which is free text for whoever may edit the
 * directory, counts as proven only when Entra ID vouches for its domain (`xms_edov`).
 */
export const readEntraPerson = async ({ claims, tenantId, providerName, askGroups }: Source): Promise<Person> => {
  if (textOf(claims, 'tid')?.toLowerCase() !== tenantId.toLowerCase()) {
    throw new ProviderError('rejected', 'tenant', `${providerName} sent a token of another tenant.`);
  }
  const subject = textOf(claims, 'oid');
  if (subject === null) {
    throw new ProviderError(
      'rejected',
      'subject',
      `${providerName} sent a token without the object id of who signed in.`,
    );
  }
  const signInName = addressOf(claims, 'preferred_username');
  const groups = hasTooManyGroups(claims) ? await askGroups() : textsOf(claims, 'groups');
  return {
    subject,
    email: signInName ?? addressOf(claims, 'email'),
    isEmailProven: signInName !== null || (addressOf(claims, 'email') !== null && isYes(claims, 'xms_edov')),
    name: textOf(claims, 'name'),
    groups: [...new Set([...groups, ...textsOf(claims, 'roles')])],
  };
};
