import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { read } from './queries.ts';
import { listOfWords } from './words.ts';

/**
 * How people sign in here, for pages that only word things by it: until it is known, with passwords alone. `providers` are their
 * names, "the identity provider" while there is none.
 */
export const useWaysToSignIn = (): {
  isKnown: boolean;
  hasPasswords: boolean;
  hasProvider: boolean;
  providers: string;
} => {
  const { data } = useQuery(read(contract.getSignInOptions, {}));
  const names = (data?.providers ?? []).map(({ name }) => name);
  return {
    isKnown: data !== undefined,
    hasPasswords: data?.localAccounts ?? true,
    hasProvider: names.length > 0,
    providers: names.length > 0 ? listOfWords(names) : 'the identity provider',
  };
};
