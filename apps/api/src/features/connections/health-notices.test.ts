import { describe, expect, it } from 'vitest';
import { healthNews, quietMinutes } from './health-notices.ts';

const now = new Date('2026-11-22T06:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const failing = (outcome: string, minutes = 1) => ({
  kind: 'connection.failing' as const,
  at: minutesAgo(minutes),
  facts: { outcome },
});
const recovered = (minutes: number) => ({ kind: 'connection.recovered' as const, at: minutesAgo(minutes), facts: {} });

describe('what a check makes news', () => {
  it('is that a connection fails, once', () => {
    for (const outcome of ['failing', 'actionRequired'] as const) {
      expect(healthNews(undefined, outcome, now)).toBe('connection.failing');
      expect(healthNews(failing(outcome), outcome, now)).toBeUndefined();
    }
  });

  it('is that what might have passed needs somebody now, and not the other way round', () => {
    expect(healthNews(failing('failing'), 'actionRequired', now)).toBe('connection.failing');
    expect(healthNews(failing('actionRequired'), 'failing', now)).toBeUndefined();
  });

  it('is that a connection recovered which was told to fail', () => {
    expect(healthNews(failing('failing'), 'passed', now)).toBe('connection.recovered');
    expect(healthNews(recovered(1), 'passed', now)).toBeUndefined();
    expect(healthNews(undefined, 'passed', now)).toBeUndefined();
  });

  it('is not that one fails again soon after it recovered, until it still does', () => {
    expect(healthNews(recovered(quietMinutes - 1), 'failing', now)).toBeUndefined();
    expect(healthNews(recovered(quietMinutes), 'failing', now)).toBe('connection.failing');
  });
});
