import { describe, expect, it } from 'vitest';
import { progressText } from '../../../ui/check-steps.tsx';
import { adlsManifest, failedCheck, passedCheck, rejectedKey } from '../testing/connections.ts';
import { afterCancel, afterEvent, startOfCheck, stepsOfResult } from './check-progress.ts';

const { steps } = adlsManifest;
const statuses = (views: ReturnType<typeof startOfCheck>) => views.map(({ status }) => status);

describe('the progress of a check', () => {
  it('shows each step as it starts and ends, in the order of the manifest', () => {
    let views = startOfCheck(steps);
    expect(new Set(statuses(views))).toEqual(new Set(['pending']));
    views = afterEvent(views, { event: 'started', step: 'authenticate' });
    expect(views[2]).toMatchObject({ label: 'Sign in', status: 'running' });
    views = afterEvent(views, { event: 'finished', step: rejectedKey });
    expect(views[2]).toMatchObject({ label: 'Sign in', status: 'failed', result: rejectedKey });
    expect(progressText(views)).toBe('1 of 7 steps done.');
  });

  it('ends with the result', () => {
    const views = afterEvent(startOfCheck(steps), { event: 'result', result: failedCheck() });
    expect(statuses(views)).toEqual(['passed', 'passed', 'failed', 'skipped', 'skipped', 'skipped', 'skipped']);
    expect(progressText(views)).toBe('Verification failed. Sign in: The account does not accept this key.');
    expect(progressText(stepsOfResult(steps, passedCheck()))).toBe('Verification passed.');
  });

  it('shows a step that the manifest does not name, and one that the result does not', () => {
    const [first] = passedCheck().steps;
    if (first === undefined) throw new Error('A check has steps.');
    const views = stepsOfResult(steps, { steps: [first, { ...first, step: 'quota' }] });
    expect(views.at(-1)).toMatchObject({ step: 'quota', label: 'quota', status: 'passed' });
    expect(views[1]?.status).toBe('notRun');
  });

  it('keeps what had ended when it is cancelled', () => {
    const views = afterCancel(afterEvent(startOfCheck(steps), { event: 'finished', step: rejectedKey }));
    expect(statuses(views).filter((status) => status === 'notRun')).toHaveLength(6);
    expect(progressText(views)).toBe('Verification stopped after 1 of 7 steps.');
  });
});
