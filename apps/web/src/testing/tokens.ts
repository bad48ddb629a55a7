import type { ApiToken } from '@junction/contracts';
import { anId, someTime } from './fixtures.ts';

const msPerDay = 24 * 60 * 60 * 1000;

/** The moment so many days from now, and half a day more so that a slow test does not reach the day before. */
export const inDays = (days: number): string => new Date(Date.now() + (days + 0.5) * msPerDay).toISOString();

/** A token that may read exports, works for long and was never used, unless told otherwise. */
export const aToken = (changes: Partial<ApiToken> = {}): ApiToken => ({
  id: anId(),
  name: 'Nightly report',
  hint: 'A1b2C3',
  scope: ['export:list', 'export:read'],
  createdAt: someTime,
  createdBy: { id: anId(), name: 'Ada Admin' },
  expiresAt: inDays(90),
  isExpired: false,
  lastUsedAt: null,
  lastUsedFrom: null,
  ...changes,
});
