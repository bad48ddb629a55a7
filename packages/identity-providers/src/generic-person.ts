import { addressOf, type Claims, isYes, textOf, textsOf } from './claims.ts';
import type { Person } from './person.ts';

type Source = {
  /** Of the ID token; without one, of the userinfo endpoint. */
  claims: Claims;
  subject: string;
  groupsClaim: string;
  /** Asks the userinfo endpoint; undefined where the provider has none. */
  askUserInfo: (() => Promise<Claims>) | undefined;
};

/**
 * Who somebody is by the standard claims. What the ID token leaves out is looked for at the userinfo endpoint: many providers tell e-mail
 * address, name and groups only there. Where that fails the sign-in fails, since no answer does not mean "no groups".
 */
export const readGenericPerson = async ({ claims, subject, groupsClaim, askUserInfo }: Source): Promise<Person> => {
  const isComplete = [groupsClaim, 'email', 'name'].every((name) => claims[name] !== undefined);
  const more = isComplete || askUserInfo === undefined ? {} : await askUserInfo();
  const all = { ...more, ...claims };
  // The address and whether it is proven come from the same place.
  const aboutEmail = claims.email === undefined ? more : claims;
  const email = addressOf(aboutEmail, 'email');
  return {
    subject,
    email,
    isEmailProven: email !== null && isYes(aboutEmail, 'email_verified'),
    name: textOf(all, 'name'),
    groups: textsOf(all, groupsClaim),
  };
};
