import { describe, expect, it } from 'vitest';
import type { RunChange } from '../../runs/index.ts';
import { type Standing, standingAfter } from './standing.ts';

const earlier = new Date('2026-11-22T08:00:00Z');
const at = new Date('2026-11-22T14:00:00Z');
const standing: Standing = {
  lastRunId: 'this',
  runState: 'processing',
  lastRunAt: earlier,
  problem: null,
  failingSince: null,
  unchangedAt: null,
};
const away = { code: 'unreachable', message: 'Nobody answers.', isTransient: true };
const wrongKey = { code: 'keyRejected', message: 'The key was rejected.', isTransient: false };
const failing = { ...standing, problem: away, failingSince: earlier };

const change = (state: RunChange['state'], over: Partial<RunChange> = {}): RunChange => ({
  runId: 'this',
  kind: 'import',
  subjectId: 'lake',
  environmentId: 'environment',
  trigger: 'schedule',
  state,
  problem: null,
  isPermanent: false,
  at,
  ...over,
});

describe('how profile data stands after its import changed', () => {
  it('shows the one that was asked for, and since when it is under way', () => {
    expect(standingAfter(failing, change('queued', { runId: 'next' }))).toEqual([
      { ...failing, lastRunId: 'next', runState: 'queued' },
      undefined,
    ]);
    expect(standingAfter(failing, change('processing'))).toEqual([
      { ...failing, runState: 'processing', lastRunAt: at },
      undefined,
    ]);
  });

  it('fails from the first failure on, which is told once', () => {
    const [after, became] = standingAfter(standing, change('failed', { problem: away }));
    expect(after).toMatchObject({ runState: 'failed', problem: away, failingSince: at });
    expect(became).toBe('failing');
    const [again, nothing] = standingAfter(after, change('failed', { problem: away, at: new Date() }));
    expect(again.failingSince).toEqual(at);
    expect(nothing).toBeUndefined();
  });

  it('is told once more when it needs somebody now', () => {
    const [after, became] = standingAfter(failing, change('failed', { problem: wrongKey }));
    expect(after).toMatchObject({ problem: wrongKey, failingSince: earlier });
    expect(became).toBe('failing');
    expect(standingAfter(after, change('failed', { problem: away }))[1]).toBeUndefined();
  });

  it.each(['successful', 'skipped'] as const)('is well again after one that was %s', (state) => {
    const [after, became] = standingAfter(failing, change(state));
    expect(after).toMatchObject({ runState: state, problem: null, failingSince: null });
    expect(after.unchangedAt).toEqual(state === 'skipped' ? at : null);
    expect(became).toBe('recovered');
    expect(standingAfter(standing, change(state))[1]).toBeUndefined();
  });

  it('is as before after one that was canceled, or is not its last one', () => {
    expect(standingAfter(failing, change('canceled'))).toEqual([{ ...failing, runState: 'canceled' }, undefined]);
    expect(standingAfter(failing, change('failed', { runId: 'old', problem: wrongKey }))).toEqual([failing, undefined]);
  });
});
