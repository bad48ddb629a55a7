import { describe, expect, it } from 'vitest';
import { nextRunAfter, toldNextRun } from './next-run.ts';

const now = new Date('2026-01-05T07:00:00Z');
const daily = (timeZone: string) => ({ isOn: true, plan: { type: 'daily' as const, times: ['08:00'], timeZone } });

describe('when a schedule is due next', () => {
  it('is kept, and told from its plan until it is', () => {
    const due = new Date('2026-01-05T08:00:00Z');
    expect(nextRunAfter(daily('UTC'), now)).toEqual(due);
    expect(toldNextRun(null, daily('UTC'), now)).toBe(due.toISOString());
    const kept = new Date('2026-01-04T08:00:00Z');
    expect(toldNextRun(kept, daily('UTC'), now)).toBe(kept.toISOString());
  });

  it('is never, and not told, in a time zone that this machine does not know', () => {
    const never = nextRunAfter(daily('Mars/Olympus'), now);
    expect(never.getTime()).toBeGreaterThan(Date.parse('9999-01-01T00:00:00Z'));
    for (const kept of [never, null]) expect(toldNextRun(kept, daily('Mars/Olympus'), now)).toBeNull();
  });
});
