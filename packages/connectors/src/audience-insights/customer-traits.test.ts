import type { ProfileTrait } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import { recogniseTraits } from './customer-traits.ts';

const traitsOf = (name: string): ProfileTrait[] => recogniseTraits([name]).recognised.map(({ trait }) => trait);

describe('the traits of customers', () => {
  it.each<[ProfileTrait, string[]]>([
    [
      'gender',
      ['Gender', 'gender', 'GENDER', 'Sex', 'gender_code', 'GenderCode', 'Contoso_Gender', 'crm.contact.gender'],
    ],
    [
      'birthDate',
      [
        'BirthDate',
        'birthdate',
        'birth_date',
        'DateOfBirth',
        'date of birth',
        'DOB',
        'customerDOB',
        'Birthday',
        'POS_DateOfBirth',
      ],
    ],
    [
      'country',
      [
        'Country',
        'CountryCode',
        'CountryRegion',
        'Country/Region',
        'country_or_region',
        'Address1_Country',
        'ISO_COUNTRY',
      ],
    ],
    ['city', ['City', 'Town', 'city_name', 'Address1_City', 'Contoso_HomeTown', 'HomeCity']],
    [
      'postalCode',
      [
        'PostalCode',
        'postal_code',
        'POSTALCODE',
        'Zip',
        'ZIP',
        'ZipCode',
        'ZIPCode',
        'PostCode',
        'Address1_PostalCode',
      ],
    ],
    ['income', ['Income', 'AnnualIncome', 'annual_income', 'HouseholdIncome', 'IncomeBand', 'Contoso_YearlyIncome']],
  ])('%s is recognised, however it is spelt', (trait, names) => {
    for (const name of names) expect(traitsOf(name), name).toEqual([trait]);
  });

  it('are not seen in names that only contain such a word', () => {
    const names = [
      'Capacity',
      'CityId',
      'Sexton',
      'Zipper',
      'IncomeSource',
      'CountryManager',
      'BirthCity',
      'Employer_Country',
      'Name',
      '',
      '性别',
    ];
    for (const name of names) expect(traitsOf(name), name).toEqual([]);
  });

  it('come from the column with the plainest name', () => {
    const names = ['Shipping_Address_City', 'Billing_City', 'Home_City', 'AnnualIncome', 'Income'];
    expect(recogniseTraits(names)).toEqual({
      recognised: [
        { trait: 'city', column: 'Billing_City' },
        { trait: 'income', column: 'Income' },
      ],
      missing: ['gender', 'birthDate', 'country', 'postalCode'],
    });
  });
});
