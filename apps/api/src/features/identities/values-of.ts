import { DisplayName, Email } from '@junction/contracts';
import type { ProvenIdentity } from '@junction/identity-providers';
import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import { sealRefreshToken } from './refresh-tokens.ts';
import type { IdentityValues } from './store.ts';

/** PostgreSQL keeps no NUL, and no half of a character. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Groups as they are kept: each once, in one order, so that two lists of the same ones are equal. */
export const groupsOf = ({ groups }: Pick<ProvenIdentity, 'groups'>): string[] =>
  [...new Set(groups.filter(isStorable))].sort();

/** The person's address; undefined where the provider tells none, or something else. */
export const emailOf = ({ email }: Pick<ProvenIdentity, 'email'>): string | undefined => Email.safeParse(email).data;

/** What the provider calls the person, if people can be called so. */
export const nameOf = ({ name }: Pick<ProvenIdentity, 'name'>): string | undefined => DisplayName.safeParse(name).data;

/** Throws identityIncomplete for a subject that cannot be kept. */
export const requireSubject = ({ subject }: Pick<ProvenIdentity, 'subject'>): void => {
  if (subject !== '' && isStorable(subject)) return;
  throw new AppError('identityIncomplete', 'The identity provider does not say who you are in a way that can be kept.');
};

/** The provider's own name for its session, if it can be kept. */
export const sidOf = ({ sid }: Pick<ProvenIdentity, 'sid'>): string | null =>
  sid !== null && isStorable(sid) ? sid : null;

/** What is kept of somebody whom the provider has just stood for. */
export const valuesOf = (
  house: Pick<House, 'vault' | 'env'>,
  { id, email }: { id: string; email: string },
  proven: ProvenIdentity,
  now: Date,
): IdentityValues => ({
  email: emailOf(proven) ?? email,
  groups: groupsOf(proven),
  refreshToken: sealRefreshToken(house, id, proven.refreshToken),
  confirmedAt: now,
  recheckAt:
    proven.refreshToken === null ? null : new Date(now.getTime() + house.env.JUNCTION_SIGN_IN_RECHECK_SECONDS * 1_000),
});
