import type { Role } from '@junction/contracts';

/** Somebody as the warning needs to know them. */
export type Reader = { name: string; email: string; role: Role };

/** "contoso.com" of "ada@contoso.com". */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** The address belongs to another organization than one's own, as far as addresses tell. */
export const isOutside = (email: string, ownEmail: string): boolean => domainOf(email) !== domainOf(ownEmail);

/** What to think about before these people are let see profile data; undefined where there is nothing to say. */
export const accessWarnings = (people: readonly Reader[], ownEmail: string): string[] => {
  const outside = people.filter(({ email }) => isOutside(email, ownEmail));
  const viewers = people.filter(({ role }) => role === 'viewer');
  return [
    ...outside.map(({ name, email }) => `${name} is outside ${domainOf(ownEmail)}: the address is ${email}.`),
    ...viewers.map(
      ({ name }) => `${name} is a viewer, who otherwise sees only what is exported. Profile data shows more than that.`,
    ),
  ];
};
