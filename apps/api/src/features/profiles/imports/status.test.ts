import { describe, expect, it } from 'vitest';
import { type Facts, importPhaseOf, importStatusOf, type Progress } from './status.ts';

const progress = (over: Partial<Progress>): Progress => ({
  phase: 'moving',
  isVerified: true,
  bytesRead: 0,
  bytesTotal: 100,
  ...over,
});

describe('what an import is at', () => {
  it.each<[string, Partial<Progress>]>([
    ['waiting', { phase: 'waiting', isVerified: false }],
    ['verify', { phase: 'preparing', isVerified: false, bytesTotal: null }],
    ['catalog', { phase: 'preparing', bytesTotal: null }],
    ['read', { bytesRead: 0 }],
    ['read', { bytesRead: 99 }],
    ['aggregate', { bytesRead: 100 }],
    ['aggregate', { bytesTotal: 0 }],
    ['publish', { phase: 'publishing', bytesRead: 100 }],
    ['over', { phase: 'over', isVerified: false }],
  ])('is %s', (expected, over) => {
    expect(importPhaseOf(progress(over))).toBe(expected);
  });
});

describe('how profile data stands', () => {
  const facts = (over: Partial<Facts>): Facts => ({
    runState: 'successful',
    phase: 'over',
    problem: null,
    hasReport: true,
    ...over,
  });
  const wrongKey = { code: 'keyRejected', isTransient: false };
  const away = { code: 'unreachable', isTransient: true };

  it.each<[string, Partial<Facts>]>([
    ['waiting', { runState: null, hasReport: false }],
    ['waiting', { runState: 'queued', phase: 'waiting' }],
    ['waiting', { runState: 'queued', phase: 'waiting', problem: wrongKey }],
    ['verifying', { runState: 'processing', phase: 'verify', problem: wrongKey }],
    ['importing', { runState: 'processing', phase: 'catalog' }],
    ['importing', { runState: 'processing', phase: 'read', hasReport: false }],
    ['importing', { runState: 'processing', phase: 'publish' }],
    ['active', {}],
    ['active', { runState: 'skipped' }],
    ['active', { runState: 'canceled' }],
    ['waiting', { runState: 'canceled', hasReport: false }],
    ['actionRequired', { runState: 'failed', problem: wrongKey }],
    ['actionRequired', { runState: 'canceled', problem: wrongKey }],
    ['failing', { runState: 'failed', problem: away }],
    ['failing', { runState: 'failed', problem: away, hasReport: false }],
    ['failing', { runState: 'failed', problem: { code: 'sourceChanged', isTransient: false } }],
  ])('is %s', (expected, over) => {
    expect(importStatusOf(facts(over))).toBe(expected);
  });
});
