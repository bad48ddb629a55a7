import type { SignInOptions } from '@junction/contracts';
import type { House } from '../../house.ts';
import { demoAccounts } from './demo-accounts.ts';

/** What the sign-in page offers. Tells nothing about the accounts outside demo mode. */
export const getSignInOptions = async ({
  db,
  env,
  identityProviders,
}: Pick<House, 'db' | 'env' | 'identityProviders'>): Promise<SignInOptions> => ({
  mode: env.JUNCTION_MODE,
  demoAccounts: env.JUNCTION_MODE === 'demo' ? [...demoAccounts] : [],
  needsFirstAdmin: (await db.person.findFirst({ select: { id: true } })) === null,
  localAccounts: true,
  providers: identityProviders.map(({ id, name }) => ({ id, name })),
});
