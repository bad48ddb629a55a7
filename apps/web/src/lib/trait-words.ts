import type { ProfileTrait } from '@junction/contracts';

/** What is known of customers, wherever it is named. */
export const traitWords: Readonly<Record<ProfileTrait, string>> = {
  gender: 'Gender',
  birthDate: 'Birth date',
  country: 'Country or region',
  city: 'City',
  postalCode: 'Postal code',
  income: 'Income',
};
