import { describe, expect, it } from 'vitest';
import { maximumDeliveryAttempts, waitBeforeDelivery } from './rules.ts';

const minutes = (ms: number) => ms / 60_000;
const waits = (random: number) =>
  Array.from({ length: maximumDeliveryAttempts - 1 }, (_, index) => waitBeforeDelivery(index + 1, 0, random));

describe('the wait before a notice is sent again', () => {
  it('grows, and comes to about an hour in all', () => {
    expect(waits(0.5)).toEqual([30_000, 90_000, 270_000, 810_000, 2_430_000]);
    for (const random of [0, 1]) {
      const total = minutes(waits(random).reduce((sum, wait) => sum + wait, 0));
      expect(total).toBeGreaterThan(48);
      expect(total).toBeLessThan(73);
    }
  });

  it('is as long as the receiver asks for, and never shorter than usual', () => {
    expect(waitBeforeDelivery(1, 600_000, 0.5)).toBe(600_000);
    expect(waitBeforeDelivery(3, 1_000, 0.5)).toBe(270_000);
  });
});
