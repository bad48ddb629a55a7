import type { Run } from '@junction/contracts';
import * as contract from '@junction/contracts';
import { QueryClientProvider, useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { anExport, aRunOf, environmentId, rowOf, withRun } from '../features/exports/testing/exports.ts';
import { summaryOf } from '../features/exports/testing/show-exports.ts';
import { mockApi, refuse, streamOf } from '../testing/mock-api.ts';
import { aRun, detailsOf, moving, successful } from '../testing/runs.ts';
import { toldEvents } from '../testing/told-events.ts';
import { useLiveRuns } from './live-runs.ts';
import { keyOf, read, readPages } from './queries.ts';
import { makeQueryClient } from './query-client.ts';

const elsewhere = '01990000-0000-7000-8000-000000000002';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => {
  vi.useRealTimers();
  Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
});

/** Lets so much time pass, and whatever was sent arrive. */
const pass = (ms = 0) =>
  act(async () => {
    for (const step of [1, 1, 1, ...Array(Math.ceil(ms / 100)).fill(100), 1, 1, 1]) {
      await vi.advanceTimersByTimeAsync(step);
      // Streams take their own time, which is not ours.
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

const setVisible = (isVisible: boolean) =>
  act(() => {
    Object.defineProperty(document, 'visibilityState', { value: isVisible ? 'visible' : 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

const say = (run: Run | null) => (run === null ? 'none' : `${run.state} ${run.phase} ${run.progress.bytesRead}`);

/** A page with a list of exports, the details of one, and the details of its run. */
const Page = ({ of, exportId, runId }: { of: string; exportId: string; runId: string }) => {
  useLiveRuns(of);
  const params = { environmentId: of };
  const rows = useInfiniteQuery(readPages(contract.listExports, { params, query: {} })).data ?? [];
  const [one, run] = useQueries({
    queries: [
      read(contract.getExport, { params: { ...params, exportId } }),
      read(contract.getRun, { params: { ...params, runId } }),
      read(contract.getExportSummary, { params }),
    ],
  });
  return (
    <>
      <p>List: {rows.map((row) => `${row.status} ${say(row.run)}`).join('; ')}</p>
      <p>Export: {one?.data && `${one.data.status} ${say(one.data.run)}`}</p>
      <p>Run: {run?.data && say(run.data)}</p>
    </>
  );
};

type Answer = ReturnType<typeof streamOf> | ReturnType<typeof refuse> | { runs: Run[] } | 'offline';

/** Shows the page over an API on which one export runs; events come as they are told, unless something else is answered in their place. */
const show = ({ insteadOfEvents }: { insteadOfEvents?: () => Answer } = {}) => {
  const run = aRunOf(anExport(), { ...moving, phase: 'preparing' });
  const api = mockApi();
  const now = { exports: [withRun({ ...anExport(), id: run.export.id }, run)], live: [run] };
  const news = toldEvents<contract.RunNews>();
  const tell = (...runs: Run[]) => news.tell({ event: 'runs', runs });
  const stream = (): Answer => streamOf(news.listen({ event: 'runs', runs: now.live }));
  const [one] = now.exports;
  if (one === undefined) throw new Error('There is one.');
  const wantsEvents = (headers: Headers) => headers.get('accept') === 'text/event-stream';
  api.on(contract.listExports, () => ({ value: now.exports.map(rowOf) }));
  api.on(contract.getExport, () => now.exports[0] ?? refuse('notFound'));
  api.on(contract.getRun, () => detailsOf(now.exports[0]?.run ?? run));
  api.on(contract.getExportSummary, () => summaryOf(now.exports));
  api.on(contract.watchRuns, ({ headers }) =>
    wantsEvents(headers) ? ((insteadOfEvents ?? stream)() as ReturnType<typeof refuse>) : { runs: now.live },
  );
  const client = makeQueryClient();
  const page = (of: string) => (
    <QueryClientProvider client={client}>
      <Page of={of} exportId={one.id} runId={run.id} />
    </QueryClientProvider>
  );
  const view = render(page(environmentId));
  return {
    api,
    run,
    tell,
    end: news.end,
    client,
    view,
    /** Lets the run get on at the server. */
    turnTo: (phase: contract.RunPhase): void => {
      now.live = [{ ...run, phase }];
    },
    /** Lets the run end at the server. */
    finish: (changes: Parameters<typeof aRun>[0] = successful): Run => {
      const over = aRun({ ...run, ...changes });
      now.exports = now.exports.map((each) => withRun(each, over));
      now.live = [];
      return over;
    },
    text: () => view.container.textContent ?? '',
    switchTo: (of: string) => view.rerender(page(of)),
    watched: (accept: string) =>
      api.asked(contract.watchRuns).filter(({ headers }) => headers.get('accept') === accept).length,
    /** Whether the requests for live runs so far were given up. */
    given: () =>
      vi
        .mocked(fetch)
        .mock.calls.filter(([url]) => String(url).endsWith('/live-runs'))
        .map(([, init]) => init?.signal?.aborted === true),
    reads: () =>
      [contract.listExports, contract.getExport, contract.getRun, contract.getExportSummary].map(
        (endpoint) => api.asked(endpoint).length,
      ),
  };
};
const events = 'text/event-stream';
const json = 'application/json';

describe('news', () => {
  test('changes every list and pane at once; numbers alone ask the server for nothing', async () => {
    const { run, tell, text, reads } = show();
    await pass();
    expect(text()).toMatch(/List: processing processing preparing 40000000/);
    tell({ ...run, phase: 'moving' });
    await pass();
    const before = reads();
    tell({ ...run, phase: 'moving', progress: { ...run.progress, bytesRead: 41_000_000 } });
    await pass();
    const words = 'processing moving 41000000';
    expect(text()).toBe(`List: processing ${words}Export: processing ${words}Run: ${words}`);
    expect(reads()).toEqual(before);
  });

  test('reads the details of a run again when it turned to something else', async () => {
    const { run, tell, reads } = show();
    await pass();
    const [list, one, details] = reads();
    tell({ ...run, phase: 'moving' });
    await pass();
    expect(reads().slice(0, 3)).toEqual([list, one, (details ?? 0) + 1]);
  });

  test('of an end reads again what depends on it', async () => {
    const { tell, finish, text, reads } = show();
    await pass();
    tell(finish());
    await pass();
    expect(text()).toBe(
      'List: successful successful over 100000000Export: successful successful over 100000000Run: successful over 100000000',
    );
    expect(reads()).toEqual([1, 2, 2, 2]);
  });

  test('of a failure reads the list again, whose schedule may be paused by it', async () => {
    const { tell, finish, reads } = show();
    await pass();
    tell(finish({ state: 'failed', phase: 'over', finishedAt: '2026-11-21T12:00:41Z' }));
    await pass();
    expect(reads()[0]).toBe(2);
  });

  test('that is older than what is shown changes nothing', async () => {
    const { run, tell, finish, text } = show();
    await pass();
    tell(finish());
    tell({ ...run, phase: 'moving' });
    tell({ ...run, id: aRun().id, queuedAt: '2026-11-20T00:00:00Z' });
    await pass();
    expect(text()).toMatch(/^List: successful successful over/);
  });

  test('is not undone by an answer that was on its way', async () => {
    const { api, client, tell, finish, text, run } = show();
    await pass();
    const { promise: answer, resolve } = Promise.withResolvers<{ value: contract.ExportRow[] }>();
    const before = { value: [rowOf(withRun({ ...anExport(), id: run.export.id }, run))] };
    api.on(contract.listExports, () => answer);
    void client.invalidateQueries({ queryKey: keyOf(contract.listExports) });
    await pass();
    tell(finish());
    await pass();
    resolve(before);
    await pass();
    expect(text()).toMatch(/^List: successful successful over/);
  });

  test('of hundreds of runs that end is read again together, and not more often than every three seconds', async () => {
    const { tell, reads } = show();
    await pass();
    const before = reads()[3] ?? 0;
    const some = () => Array.from({ length: contract.watchedRuns }, () => aRun(successful));
    for (let second = 0; second < 6; second += 1) {
      tell(...some());
      await pass(980);
    }
    expect((reads()[3] ?? 0) - before).toBeLessThanOrEqual(3);
    await pass(3_000);
    expect((reads()[3] ?? 0) - before).toBeGreaterThanOrEqual(2);
  });
});

describe('without events', () => {
  test.each([
    ['no event stream', () => ({ runs: [] })],
    ['a refusal', () => refuse('tooManyRequests')],
    ['nothing at all', () => 'offline' as const],
  ])('asks for the runs again and again: %s', async (_, insteadOfEvents) => {
    const { turnTo, text, watched } = show({ insteadOfEvents });
    await pass();
    turnTo('moving');
    await pass(3_000);
    expect(text()).toMatch(/List: processing processing moving/);
    await pass(6_000);
    expect(watched(json)).toBe(4);
  });

  test('does so within five seconds when they are held back', async () => {
    const held = toldEvents<contract.RunNews>();
    const { turnTo, text } = show({ insteadOfEvents: () => streamOf(held.listen()) });
    turnTo('moving');
    await pass(4_900);
    expect(text()).toMatch(/List: processing processing moving/);
  });

  test('notices that a run is over, and how it ended', async () => {
    const { text, finish } = show({ insteadOfEvents: () => refuse('internal') });
    await pass();
    finish();
    await pass(3_000);
    expect(text()).toMatch(/List: successful.*Export: successful.*Run: successful/);
  });

  test('listens again after a while', async () => {
    const { run, tell, end, turnTo, text, watched } = show();
    await pass();
    turnTo('counting');
    end();
    await pass();
    expect(text()).toMatch(/processing counting/);
    await pass(16_000);
    expect(watched(events)).toBe(2);
    tell({ ...run, phase: 'publishing' });
    await pass();
    expect(text()).toMatch(/processing publishing/);
    const asked = watched(json);
    await pass(20_000);
    expect(watched(json)).toBe(asked);
  });

  test('takes a connection that says nothing any more for dead', async () => {
    const { watched } = show();
    await pass(39_000);
    expect(watched(json)).toBe(0);
    await pass(2_000);
    expect(watched(json)).toBe(1);
  });

  test('corrects what ended while nobody listened', async () => {
    const { end, finish, text, reads } = show();
    await pass();
    finish();
    end();
    await pass(100);
    expect(text()).toMatch(/List: successful.*Export: successful.*Run: successful/);
    const after = reads();
    await pass(10_000);
    expect(reads()).toEqual(after);
  });
});

describe('nobody is asked', () => {
  test('while the page is hidden; what it missed it learns when it is seen again', async () => {
    const { finish, text, given, watched } = show();
    await pass();
    setVisible(false);
    await pass();
    expect(given()).toEqual([true]);
    finish();
    await pass(60_000);
    expect(given()).toHaveLength(1);
    setVisible(true);
    await pass();
    expect(watched(events)).toBe(2);
    expect(text()).toMatch(/List: successful/);
  });

  test('after the page is left', async () => {
    const { view, given, tell, run, client } = show();
    await pass();
    view.unmount();
    await pass();
    expect(given()).toEqual([true]);
    tell({ ...run, phase: 'publishing' });
    setVisible(false);
    setVisible(true);
    await pass(60_000);
    expect(given()).toHaveLength(1);
    const details = keyOf(contract.getRun, { environmentId, runId: run.id });
    expect(client.getQueryData<Run>(details)?.phase).toBe('preparing');
  });

  test('about the environment that was left', async () => {
    const { api, switchTo, given } = show();
    await pass();
    switchTo(elsewhere);
    await pass();
    expect(given()).toEqual([true, false]);
    expect(api.asked(contract.watchRuns).map(({ params }) => params.environmentId)).toEqual([environmentId, elsewhere]);
  });
});
