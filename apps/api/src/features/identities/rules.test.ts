import { describe, expect, it } from 'vitest';
import { standingOf } from './rules.ts';

const now = new Date('2026-11-22T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

describe('the word of a provider', () => {
  it.each([
    ['session', 'can be asked', 59, 'holds'],
    ['session', 'can be asked', 61, 'unconfirmed'],
    ['session', 'cannot be asked', 10_000, 'holds'],
    ['session', 'is not configured', 1, 'over'],
    ['token', 'can be asked', 59, 'holds'],
    ['token', 'can be asked', 61, 'unconfirmed'],
    ['token', 'cannot be asked', 24 * 60 - 1, 'holds'],
    ['token', 'cannot be asked', 24 * 60 + 1, 'over'],
    ['token', 'is not configured', 24 * 60 - 1, 'holds'],
    ['token', 'is not configured', 24 * 60 + 1, 'over'],
  ] as const)('for a %s, of one that %s, given %d minutes ago: %s', (means, provider, minutes, standing) => {
    const recheckAt = provider === 'cannot be asked' ? null : now;
    const facts = { confirmedAt: minutesAgo(minutes), recheckAt, lostAt: null };
    const isConfigured = provider !== 'is not configured';
    expect(standingOf(facts, { now, isConfigured, means })).toBe(standing);
    expect(standingOf({ ...facts, lostAt: now }, { now, isConfigured, means })).toBe('over');
  });
});
