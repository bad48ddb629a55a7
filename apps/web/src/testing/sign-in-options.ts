import type { SignInOptions } from '@junction/contracts';

/** How one signs in where only passwords are set up, unless told otherwise. */
export const signInOptions = (changes: Partial<SignInOptions> = {}): SignInOptions => ({
  mode: 'production',
  demoAccounts: [],
  needsFirstAdmin: false,
  localAccounts: true,
  providers: [],
  ...changes,
});

export const entra = { id: 'entra', name: 'Microsoft Entra ID' } as const;
export const contosoId = { id: 'oidc', name: 'Contoso ID' } as const;
