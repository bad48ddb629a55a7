import { describe, expect, it } from 'vitest';
import { countryWords } from './country-words.ts';
import { genderWords } from './gender-words.ts';
import { incomeEdges } from './tally.ts';

describe('what people write', () => {
  it.each([
    ['f', 'female'],
    ['w', 'female'],
    ['2', 'female'],
    ['weiblich', 'female'],
    ['kadın', 'female'],
    ['żeńska', 'female'],
    ['женский', 'female'],
    ['女性', 'female'],
    ['mrs.', 'female'],
    ['nő', 'female'],
    ['femeie', 'female'],
    ['m', 'male'],
    ['férfi', 'male'],
    ['άνδρας', 'male'],
    ['1', 'male'],
    ['männlich', 'male'],
    ['homme', 'male'],
    ['남성', 'male'],
    ['x', 'other'],
    ['d', 'other'],
    ['non-binary', 'other'],
    ['unknown', undefined],
    ['n/a', undefined],
    ['0', undefined],
    ['9', undefined],
    ['h', undefined],
    ['', undefined],
  ])('%s is a gender: %s', (word, gender) => expect(genderWords.get(word)).toBe(gender));

  it.each([
    ['de', 'DE'],
    ['deu', 'DE'],
    ['276', 'DE'],
    ['germany', 'DE'],
    ['deutschland', 'DE'],
    ['allemagne', 'DE'],
    ['ドイツ', 'DE'],
    ['uk', 'GB'],
    ['great britain', 'GB'],
    ['usa', 'US'],
    ['u.s.a.', 'US'],
    ['united states of america', 'US'],
    ['österreich', 'AT'],
    ['osterreich', 'AT'],
    ['ingiltere', 'GB'],
    ['italya', 'IT'],
    ['georgia', 'GE'],
    ['česko', 'CZ'],
    ['czech', 'CZ'],
    ['hrvatska', 'HR'],
    ['eesti', 'EE'],
    ['slovenija', 'SI'],
    ['slovensko', 'SK'],
    ['korea', 'KR'],
    ['the netherlands', 'NL'],
    ['中国', 'CN'],
    ['congo', undefined],
    ['44', undefined],
    ['unknown', undefined],
    ['n/a', undefined],
    ['', undefined],
  ])('%s is a country: %s', (word, country) => expect(countryWords.get(word)).toBe(country));

  it('is trimmed and in lower case, in every list', () => {
    for (const word of [...genderWords.keys(), ...countryWords.keys()]) expect(word).toBe(word.trim().toLowerCase());
  });

  it('has every country under its codes', () => {
    expect(new Set(countryWords.values()).size).toBeGreaterThanOrEqual(249);
    expect(countryWords.get('na')).toBe('NA');
  });
});

it('has bands of income in rising order', () => {
  expect(incomeEdges).toEqual([...new Set(incomeEdges)].toSorted((one, other) => one - other));
  expect(incomeEdges.slice(0, 5)).toEqual([0, 100, 150, 200, 300]);
  expect(incomeEdges.at(-1)).toBe(100_000_000);
});
