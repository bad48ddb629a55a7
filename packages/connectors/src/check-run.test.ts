import { describe, expect, it } from 'vitest';
import { startCheckRun, type Verdict } from './check-run.ts';
import { stepDeadlineMs } from './connector.ts';

const steps = ['one', 'two', 'three'].map((step) => ({ step, label: `Step ${step}` }));

const start = (signal = new AbortController().signal) => {
  const events: string[] = [];
  const run = startCheckRun(steps, {
    signal,
    now: () => new Date('2026-01-02T03:04:05Z'),
    onStep: (event) => events.push('started' in event ? `start ${event.started}` : `end ${event.finished.step}`),
  });
  return { run, events };
};

const passed: Verdict = { status: 'passed', code: 'fine', message: 'Fine.' };
const failed: Verdict = { status: 'failed', code: 'wrong', message: 'Wrong.' };
const forever = () => new Promise<Verdict>(() => undefined);

describe('a check run', () => {
  it('runs steps side by side that do not need each other', async () => {
    const { run, events } = start();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    run.step('one', [], async () => {
      await gate;
      return passed;
    });
    run.step('two', [], async () => {
      open();
      return passed;
    });
    run.step('three', ['one', 'two'], async () => passed);
    expect(await run.finish()).toMatchObject({ outcome: 'passed', startedAt: '2026-01-02T03:04:05.000Z' });
    expect(events).toEqual(['start one', 'start two', 'end two', 'end one', 'start three', 'end three']);
  });

  it('skips what needs a failed step, and says which one', async () => {
    const { run, events } = start();
    run.step('one', [], async () => failed);
    run.step('two', ['one'], async () => passed);
    run.step('three', ['two'], async () => passed);
    const result = await run.finish();
    expect(result.outcome).toBe('actionRequired');
    expect(result.steps.map(({ status, code, message }) => [status, code, message])).toEqual([
      ['failed', 'wrong', 'Wrong.'],
      ['skipped', 'notReached', 'Not checked, because "Step one" did not succeed.'],
      ['skipped', 'notReached', 'Not checked, because "Step two" did not succeed.'],
    ]);
    expect(events).toEqual(['start one', 'end one', 'end two', 'end three']);
  });

  it('goes on after a step that was skipped on purpose', async () => {
    const { run } = start();
    run.step('one', [], async () => ({ status: 'skipped', code: 'mayNotAsk', message: 'May not ask.' }));
    run.step('two', ['one'], async () => passed);
    run.step('three', [], async () => passed);
    expect((await run.finish()).outcome).toBe('passed');
  });

  it('is failing when only transient things went wrong, and needs action when anything else did', async () => {
    for (const [second, outcome] of [
      [passed, 'failing'],
      [failed, 'actionRequired'],
    ] as const) {
      const { run } = start();
      run.step('one', [], async () => ({ ...failed, isTransient: true }));
      run.step('two', [], async () => second);
      run.step('three', [], async () => passed);
      const result = await run.finish();
      expect(result.outcome).toBe(outcome);
      expect(JSON.stringify(result)).not.toContain('isTransient');
    }
  });

  it('classifies an error without passing its text on', async () => {
    const { run } = start();
    run.step('one', [], async () => {
      throw new Error('canary');
    });
    const result = await run.finish();
    expect(result.steps[0]).toMatchObject({ status: 'failed', code: 'unexpected' });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('gives up on a step at its deadline', async () => {
    const { run } = start();
    run.step('one', [], forever);
    const result = await run.finish();
    expect(result.steps[0]).toMatchObject({ code: 'timedOut' });
    expect(result.steps[0]?.durationMs).toBeLessThan(stepDeadlineMs + 500);
    expect(result.outcome).toBe('failing');
  }, 10_000);

  it('gives up on the whole before its deadline, so that there is time to clean up', async () => {
    const { run } = start();
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, stepDeadlineMs - 500));
      return passed;
    };
    run.step('one', [], slow);
    run.step('two', ['one'], forever);
    run.step('three', ['two'], async () => passed);
    const result = await run.finish();
    expect(result.steps.map(({ code }) => code)).toEqual(['fine', 'outOfTime', 'notReached']);
    expect(result.durationMs).toBeLessThan(9_000);
  }, 15_000);

  it('ends at once when nobody waits any more', async () => {
    const abort = new AbortController();
    const { run } = start(abort.signal);
    run.step('one', [], async () => passed);
    run.step('two', ['one'], async () => {
      abort.abort();
      return forever();
    });
    run.step('three', ['two'], async () => passed);
    const result = await run.finish();
    expect(result.steps.map(({ code }) => code)).toEqual(['fine', 'cancelled', 'cancelled']);
    expect(result.outcome).toBe('failing');
  });
});
