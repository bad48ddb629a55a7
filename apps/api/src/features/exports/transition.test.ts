import { autoPauseAfter } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import type { RunChange } from '../runs/index.ts';
import { type Standing, transitionOf } from './transition.ts';

const at = new Date('2026-11-22T06:00:00Z');
const earlier = new Date('2026-11-21T06:00:00Z');
const standing: Standing = {
  lastRunId: 'this',
  runState: 'processing',
  lastRunAt: earlier,
  refreshedAt: earlier,
  failuresInRow: 0,
  failingSince: null,
  scheduleOn: true,
  autoPausedAt: null,
};
const change = (state: RunChange['state'], over: Partial<RunChange> = {}): RunChange => ({
  runId: 'this',
  kind: 'export',
  subjectId: 'export',
  environmentId: 'environment',
  trigger: 'schedule',
  state,
  problem: null,
  isPermanent: false,
  at,
  ...over,
});
const permanent = change('failed', { isPermanent: true });
const failing = (failuresInRow: number): Standing => ({ ...standing, failuresInRow, failingSince: earlier });

describe('how an export stands after its run changed', () => {
  it('names the run that was asked for, and when it began', () => {
    const queued = transitionOf({ ...standing, runState: 'failed' }, change('queued', { runId: 'next' }));
    expect(queued).toEqual({ after: { ...standing, lastRunId: 'next', runState: 'queued' }, became: [] });
    expect(transitionOf(standing, change('processing'))).toEqual({ after: { ...standing, lastRunAt: at }, became: [] });
  });

  it('does not follow a run that another one came after', () => {
    for (const state of ['processing', 'successful', 'failed', 'skipped', 'canceled'] as const) {
      const late = change(state, { runId: 'before', isPermanent: true });
      expect(transitionOf(failing(4), late)).toEqual({ after: failing(4), became: [] });
    }
  });

  it('is refreshed by a success, which is told only after failures', () => {
    const after = { ...standing, runState: 'successful', refreshedAt: at };
    expect(transitionOf(standing, change('successful'))).toEqual({ after, became: [] });
    expect(transitionOf(failing(2), change('successful'))).toEqual({ after, became: ['recovered'] });
  });

  it('begins to fail once, however many failures follow', () => {
    const first = transitionOf(standing, permanent);
    expect(first.after).toEqual({ ...standing, runState: 'failed', failuresInRow: 1, failingSince: at });
    expect(first.became).toEqual(['failing']);
    expect(transitionOf(failing(1), permanent)).toEqual({
      after: { ...failing(2), runState: 'failed' },
      became: [],
    });
  });

  it('fails too, but is no nearer to a pause, when it may pass by itself', () => {
    const { after, became } = transitionOf(standing, change('failed'));
    expect(after).toMatchObject({ failuresInRow: 0, failingSince: at, autoPausedAt: null });
    expect(became).toEqual(['failing']);
    expect(transitionOf(failing(autoPauseAfter), change('failed')).after.failuresInRow).toBe(autoPauseAfter);
  });

  it.each(['skipped', 'canceled'] as const)('neither fails nor recovers by a run that was %s', (state) => {
    expect(transitionOf(failing(3), change(state))).toEqual({ after: { ...failing(3), runState: state }, became: [] });
  });
});

describe('the schedule of an export that fails', () => {
  it(`is paused with failure ${autoPauseAfter} in a row, once`, () => {
    expect(transitionOf(failing(autoPauseAfter - 2), permanent).after.autoPausedAt).toBeNull();
    const paused = transitionOf(failing(autoPauseAfter - 1), permanent);
    expect(paused.after).toMatchObject({ failuresInRow: autoPauseAfter, autoPausedAt: at });
    expect(paused.became).toEqual(['autoPaused']);
    const again = transitionOf(paused.after, permanent);
    expect(again.after).toMatchObject({ failuresInRow: autoPauseAfter + 1, autoPausedAt: at });
    expect(again.became).toEqual([]);
  });

  it('is not paused while it is off', () => {
    const { after, became } = transitionOf({ ...failing(autoPauseAfter), scheduleOn: false }, permanent);
    expect([after.autoPausedAt, became]).toEqual([null, []]);
  });

  it('goes on after a success', () => {
    const { after, became } = transitionOf({ ...failing(autoPauseAfter), autoPausedAt: earlier }, change('successful'));
    expect(after).toMatchObject({ failuresInRow: 0, failingSince: null, autoPausedAt: null });
    expect(became).toEqual(['recovered', 'resumed']);
  });
});
