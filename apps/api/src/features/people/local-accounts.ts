import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';

/** Whether people may sign in with passwords. */
export const hasLocalAccounts = ({ env }: Pick<House, 'env'>): boolean => env.JUNCTION_LOCAL_ACCOUNTS === 'on';

/** Throws localAccountsOff where the operator has switched passwords off. */
export const requireLocalAccounts = (house: Pick<House, 'env' | 'identityProviders'>): void => {
  if (hasLocalAccounts(house)) return;
  const names = house.identityProviders.map(({ name }) => name).join(' or ');
  throw new AppError('localAccountsOff', `There are no passwords here. Everybody signs in with ${names}.`);
};
