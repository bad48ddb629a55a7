import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf, shapesOf } from './shapes.ts';

describe('the shape of a value', () => {
  it.each([
    ['1980-03-07', '9999-99-99'],
    ['Ada Lovelace', 'Aaa Aaaaaaaa'],
    ['  D-28195 ', 'A-99999'],
    ['Ödön von Horváth', 'Aaaa aaa Aaaaaaa'],
    ['東京', 'aa'],
    ['٣٤', '99'],
    ['€ 1,234.50', '9,999.99'],
    ['a@b.example', 'a@a.aaaaaaa'],
    ['🎂🎉', ''],
    ['\u0000\t', ''],
    ['x'.repeat(500), 'a'.repeat(40)],
  ])('of %j is %j', (value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });

  it('never has a letter or a digit of the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const shape = shapeOf(value);
        expect(shape.replaceAll(/[Aa9]/g, '')).not.toMatch(/[\p{L}\p{N}]/u);
        expect(shape.length).toBeLessThanOrEqual(40);
      }),
    );
  });
});

it('of many values the most frequent three are told', () => {
  expect(shapesOf(['x', '1', 'Yes', '2', null, '', '3', 'No', 'n'])).toEqual(['9', 'a', 'Aaa']);
  expect(shapesOf([null, '', ' '])).toEqual([]);
});
