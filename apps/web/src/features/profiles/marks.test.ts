import { describe, expect, it, test } from 'vitest';
import { marksOf, ranked, unknownWords } from './marks.ts';
import { barsOf } from './testing/reports.ts';
import { barName, medianWords } from './words.ts';

test.each([
  ['gender', 'female', 'Female'],
  ['age', '0', '0–9'],
  ['age', '30', '30–39'],
  ['age', '100', '100+'],
  ['country', 'DE', 'Germany'],
  ['country', 'not a code', 'not a code'],
  ['city', 'Berlin', 'Berlin'],
  ['city', 'others', 'Others'],
  ['income', '-20000', '<20K'],
  ['income', '20000-50000', '20K–50K'],
  ['income', '1500000-', '1.5M+'],
  ['income', 'unknown', 'Unknown'],
] as const)('the bar of %s with the key %s is called %s', (chart, key, name) => expect(barName(chart, key)).toBe(name));

test.each([
  ['age', 42.5, 'Median 43 years'],
  ['income', 48_200, 'Median 48,200'],
] as const)('the median of %s, %d: %s', (chart, median, words) => expect(medianWords(chart, median)).toBe(words));

describe('the bars of a chart', () => {
  const marks = marksOf('gender', barsOf({ unknown: 50, female: 100, other: null, male: 0 }), 5);
  const one = (key: string) => marks.find((mark) => mark.key === key);

  it('say how many people they are, and which part of all', () => {
    expect(one('female')).toMatchObject({ share: 100 / 150, words: '100 people, 67%' });
  });

  it('say of a hidden one that it is, and why, and no number', () => {
    const { words, share, people } = one('other') ?? {};
    expect(words).toBe('hidden (fewer than 5 people, or another group could be worked out)');
    expect([share, people]).toEqual([null, null]);
  });

  it('can be chosen where that leaves somebody', () => {
    expect(marks.filter(({ isChoosable }) => isChoosable).map(({ key }) => key)).toEqual(['female', 'unknown']);
  });

  it('have those that stand for no value last', () => {
    expect(marks.map(({ key }) => key)).toEqual(['female', 'other', 'male', 'unknown']);
  });

  it('have no shares where the number of all is hidden', () => {
    const [female] = marksOf('gender', { ...barsOf({ female: 100 }), people: null }, 5);
    expect(female).toMatchObject({ share: null, words: '100 people' });
  });

  it('are ranked with the hidden ones after zero, and the rest last', () => {
    const places = marksOf('country', barsOf({ LI: null, PL: 0, others: 900, DE: 10, FR: 20 }), 5);
    expect(ranked(places).map(({ key }) => key)).toEqual(['FR', 'DE', 'PL', 'LI', 'others']);
  });
});

test.each([
  [{ female: 50, unknown: 50 }, '50% unknown'],
  [{ female: 50, unknown: null }, 'share of unknown values hidden'],
  [{ female: 50 }, undefined],
])('of %o: %s', (numbers, words) => expect(unknownWords(marksOf('gender', barsOf(numbers), 5))).toBe(words));
