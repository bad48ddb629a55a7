import type { SchedulePlan } from '@junction/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRuns } from './index.ts';
import { meaningOf } from './testing/meaning.ts';
import { type WallClock, walk, wallClock } from './testing/wall-clock.ts';

// Every plan against a walk through the minutes of some years on the wall clocks of many places.

const years = { from: 2023, to: 2028 };

/** Clocks that change by one hour, by half an hour and by two, at night and at midnight, during Ramadan, and never. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Antarctica/Troll',
];

const clocks = new Map<string, WallClock>();
const clockOf = (timeZone: string): WallClock => {
  const known = clocks.get(timeZone) ?? wallClock(timeZone, years);
  clocks.set(timeZone, known);
  return known;
};

const count = 10;
const minuteMs = 60_000;
const twoDays = 2 * 1440;

type Drawn = { plan: Exclude<SchedulePlan, { type: 'interval' }>; from: Date };

const number = (min: number, max: number) => fc.integer({ min, max });
const pad = (value: number) => String(value).padStart(2, '0');
/** The small hours, in which clocks change, more often than the others. */
const hour = fc.oneof(number(0, 4), number(0, 23));
const minute = fc.oneof(fc.constantFrom(0, 15, 30, 45), number(0, 59));
const times = fc
  .uniqueArray(
    fc.tuple(hour, minute).map((parts) => parts.map(pad).join(':')),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) => all.sort());
const days = (highest: number) => fc.uniqueArray(number(1, highest), { minLength: 1, maxLength: 5 });

const list = (values: fc.Arbitrary<number>) =>
  fc.uniqueArray(values, { minLength: 1, maxLength: 3 }).map((all) => all.join(','));
const field = (values: fc.Arbitrary<number>, steps: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.constant('*'),
    list(values),
    fc.tuple(values, values).map((ends) => `${Math.min(...ends)}-${Math.max(...ends)}`),
    steps.map((step) => `*/${step}`),
  );
const expression = fc
  .tuple(
    fc.oneof(list(minute), fc.constantFrom('*/5', '*/20', '0-30/10', '*')),
    field(hour, number(2, 12)),
    fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, field(number(1, 28), number(2, 10))),
    fc.oneof({ weight: 3, arbitrary: fc.constant('*') }, field(number(1, 12), number(2, 6))),
    fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, field(number(0, 7), number(2, 3))),
  )
  .map((fields) => fields.join(' '));

const drawn = fc.constantFrom(...zones).chain((timeZone) => {
  const { start, end, changes } = clockOf(timeZone);
  const anywhere = number(start, end - 1);
  const nearChange =
    changes.length === 0
      ? anywhere
      : fc.tuple(fc.constantFrom(...changes), number(-twoDays, twoDays)).map(([day, offset]) => day + offset);
  const plan: fc.Arbitrary<Drawn['plan']> = fc.oneof(
    fc.record({ type: fc.constant('daily' as const), times, timeZone: fc.constant(timeZone) }),
    fc.record({ type: fc.constant('weekly' as const), days: days(7), times, timeZone: fc.constant(timeZone) }),
    fc.record({
      type: fc.constant('monthly' as const),
      days: fc
        .tuple(days(31), fc.boolean())
        .map(([dates, withLast]): (number | 'last')[] => (withLast ? [...dates, 'last'] : dates)),
      times,
      timeZone: fc.constant(timeZone),
    }),
    fc.record({ type: fc.constant('cron' as const), expression, timeZone: fc.constant(timeZone) }),
  );
  const from = fc
    .tuple(fc.oneof(anywhere, nearChange), number(0, minuteMs - 1))
    .map(([at, ms]) => new Date(at * minuteMs + ms));
  return fc.record({ plan, from });
});

describe('the next runs', () => {
  it('are those that a walk through the minutes finds', () => {
    fc.assert(
      fc.property(drawn, ({ plan, from }) => {
        const end = new Date(clockOf(plan.timeZone).end * minuteMs).toISOString();
        const found = nextRuns(plan, from, count).filter((run) => run < end);
        expect(found).toEqual(walk(clockOf(plan.timeZone), meaningOf(plan), from, count));
      }),
      { numRuns: 400 },
    );
  });
});
