import * as contract from '@junction/contracts';
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { anId } from '../testing/fixtures.ts';
import { mockApi, refuse } from '../testing/mock-api.ts';
import { aRun, moving, successful } from '../testing/runs.ts';
import { aStatus, groupOf } from '../testing/status.ts';
import { makeQueryClient } from './query-client.ts';
import { spreadRuns } from './spread-runs.ts';
import { readAgainMs, statusQuery } from './status.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const environmentId = anId();
const run = aRun({ environmentId, ...moving });

/** Watches the status of an environment with one run under way. */
const watch = async () => {
  const api = mockApi();
  api.on(contract.getStatus, () => aStatus({ running: groupOf([run], 30) }));
  const client = makeQueryClient();
  const observer = new QueryObserver(client, statusQuery(environmentId));
  const leave = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  return {
    api,
    leave,
    tell: (news: contract.Run) => spreadRuns(client, environmentId, [news]),
    asked: () => api.asked(contract.getStatus).length,
    seen: () => observer.getCurrentResult().data,
  };
};

it('is read again every so often, however much news of runs there is', async () => {
  const { tell, asked, leave } = await watch();
  expect(asked()).toBe(1);
  for (let second = 1; second <= (2 * readAgainMs) / 1000; second += 1) {
    tell({ ...run, progress: { ...run.progress, bytesRead: second } });
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(asked()).toBe(3);
  leave();
  await vi.advanceTimersByTimeAsync(2 * readAgainMs);
  expect(asked()).toBe(3);
});

it('is read again as often when it could not be read', async () => {
  const { api, asked, leave } = await watch();
  api.on(contract.getStatus, () => refuse('internal'));
  await vi.advanceTimersByTimeAsync(readAgainMs);
  expect(asked()).toBe(2);
  await vi.advanceTimersByTimeAsync(readAgainMs - 1000);
  expect(asked()).toBe(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked()).toBe(3);
  leave();
});

it('does not show as running what has ended', async () => {
  const { tell, seen, leave } = await watch();
  expect(seen()?.running.total).toBe(30);
  tell({ ...run, ...successful, progress: run.progress });
  expect(seen()?.running).toEqual({ total: 29, rows: [] });
  leave();
});
