import { describe, expect, it } from 'vitest';
import { readFilter, toggled, withFilter, without } from './filters.ts';

const read = (query: string) => readFilter(new URLSearchParams(query));

describe('the filter of an address', () => {
  it.each([
    ['', {}],
    ['gender=female&age=30', { gender: 'female', age: '30' }],
    ['country=DE&city=M%C3%BCnchen', { country: 'DE', city: 'München' }],
    // A city is in a country, an empty key is none, and no key is that long.
    ['city=Berlin', {}],
    ['gender=&age=30', { age: '30' }],
    [`gender=${'x'.repeat(201)}&age=30`, { age: '30' }],
  ])('of "%.40s" is %o', (query, filter) => expect(read(query)).toEqual(filter));

  it('leaves the rest of an address alone', () => {
    const params = new URLSearchParams('tables=gender&gender=male&country=DE');
    expect(withFilter(params, { age: '30' }).toString()).toBe('tables=gender&age=30');
  });
});

describe('a bar that is chosen', () => {
  it('filters, in place of another one of its chart', () => {
    expect(toggled({}, 'gender', 'female')).toEqual({ gender: 'female' });
    expect(toggled({ gender: 'male', age: '30' }, 'gender', 'female')).toEqual({ gender: 'female', age: '30' });
  });

  it('filters no longer when it is chosen again', () => {
    expect(toggled({ gender: 'female', age: '30' }, 'gender', 'female')).toEqual({ age: '30' });
  });

  it('takes the city along when it is a country', () => {
    expect(toggled({ country: 'DE', city: 'Berlin' }, 'country', 'FR')).toEqual({ country: 'FR' });
    expect(without({ country: 'DE', city: 'Berlin', age: '30' }, 'country')).toEqual({ age: '30' });
    expect(without({ country: 'DE', city: 'Berlin' }, 'city')).toEqual({ country: 'DE' });
  });
});
