import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFilter, ListQuery, parseFilter, parseOrderBy } from './lists.ts';

const fields = ['type', 'status', 'at'] as const;

describe('parseFilter', () => {
  it.each([
    ["type eq 'a'", [{ field: 'type', operator: 'in', values: ['a'] }]],
    ["type in ('a', 'b')", [{ field: 'type', operator: 'in', values: ['a', 'b'] }]],
    ["type eq 'it''s'", [{ field: 'type', operator: 'in', values: ["it's"] }]],
    [
      "type eq 'and' and at ge '2026-01-01'",
      [
        { field: 'type', operator: 'in', values: ['and'] },
        { field: 'at', operator: 'ge', values: ['2026-01-01'] },
      ],
    ],
    ['', []],
  ])('reads %s', (text, conditions) => {
    expect(parseFilter(text, fields)).toEqual(conditions);
  });

  it.each([
    "name eq 'a'",
    'type eq a',
    "type eq 'a",
    "type eq 'a' and",
    "type eq 'a' or status eq 'b'",
    "(type eq 'a')",
    'type in ()',
    "type ne 'a'",
    "constructor eq 'a'",
    "type eq 'a'; drop table",
  ])('refuses %s', (text) => {
    expect(parseFilter(text, fields)).toBeUndefined();
  });

  it('reads whatever formatFilter writes', () => {
    const condition = fc.record({
      field: fc.constantFrom(...fields),
      operator: fc.constant('in' as const),
      values: fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 3 }), (conditions) => {
        expect(parseFilter(formatFilter(conditions) ?? '', fields)).toEqual(conditions);
      }),
    );
  });

  it('takes no longer for hostile text', () => {
    const hostile = `type in (${"'',".repeat(300)}`;
    expect(parseFilter(hostile, fields)).toBeUndefined();
  });
});

describe('parseOrderBy', () => {
  it.each([
    ['type', { field: 'type', descending: false }],
    ['type asc', { field: 'type', descending: false }],
    [' type  desc ', { field: 'type', descending: true }],
    ['type DESC', undefined],
    ['type desc status', undefined],
    ['other', undefined],
    ['', undefined],
  ])('reads %j', (text, expected) => {
    expect(parseOrderBy(text, fields)).toEqual(expected);
  });
});

describe('ListQuery', () => {
  it.each([
    ['0', false],
    ['1', true],
    ['200', true],
    ['201', false],
    ['1.5', false],
    ['many', false],
  ])('takes a page size of %s: %s', (maxpagesize, isFine) => {
    expect(ListQuery.safeParse({ maxpagesize }).success).toBe(isFine);
  });

  it('asks for 50 rows unless told otherwise', () => {
    expect(ListQuery.parse({}).maxpagesize).toBe(50);
  });
});
