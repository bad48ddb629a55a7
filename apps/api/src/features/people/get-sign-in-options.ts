import type { SignInOptions } from '@junction/contracts';
import type { House } from '../../house.ts';
import { demoAccounts } from './demo-accounts.ts';
import { hasLocalAccounts } from './local-accounts.ts';

/** What the sign-in page offers. Tells nothing about the accounts outside demo mode. */
export const getSignInOptions = async (
  house: Pick<House, 'db' | 'env' | 'identityProviders'>,
): Promise<SignInOptions> => ({
  mode: house.env.JUNCTION_MODE,
  demoAccounts: house.env.JUNCTION_MODE === 'demo' && hasLocalAccounts(house) ? [...demoAccounts] : [],
  needsFirstAdmin: (await house.db.person.findFirst({ select: { id: true } })) === null,
  localAccounts: hasLocalAccounts(house),
  providers: house.identityProviders.map(({ id, name }) => ({ id, name })),
});
