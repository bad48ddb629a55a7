import { describe, expect, it } from 'vitest';
import { connectionStatus, daysUntil } from './connection-status.ts';

describe('connectionStatus', () => {
  it.each([
    [false, null, 'notChecked'],
    [false, 'passed', 'healthy'],
    [false, 'actionRequired', 'actionRequired'],
    [false, 'failing', 'failing'],
    [true, null, 'paused'],
    [true, 'passed', 'paused'],
    [true, 'actionRequired', 'paused'],
  ] as const)('paused %s and last outcome %s make %s', (isPaused, lastOutcome, status) => {
    expect(connectionStatus({ isPaused, lastOutcome })).toBe(status);
  });
});

describe('daysUntil', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-30T12:00:00Z', 9],
    ['2026-11-30T11:59:59Z', 8],
    ['2026-11-21T12:00:00Z', 0],
    ['2026-11-21T11:59:59Z', -1],
  ])('counts whole days until %s: %i', (end, days) => {
    expect(daysUntil(end, now)).toBe(days);
  });
});
