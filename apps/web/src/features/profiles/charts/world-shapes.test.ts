import { expect, test } from 'vitest';
import { worldShapes } from './world-shapes.ts';

test('every country of the map is known by its code, but those that no code is for', () => {
  expect(worldShapes.filter(({ country }) => country === undefined)).toHaveLength(2);
  const countries = worldShapes.flatMap(({ country }) => country ?? []);
  expect(new Set(countries).size).toBe(countries.length);
  expect(countries).toEqual(expect.arrayContaining(['DE', 'US', 'AF', 'ZM', 'XK']));
  expect(countries).not.toContain('AQ');
});

test('every shape is drawn, within the map', () => {
  for (const { path } of worldShapes) {
    const numbers = path.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
    expect(numbers.length).toBeGreaterThan(5);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(960);
  }
});
