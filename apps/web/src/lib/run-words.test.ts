import { describe, expect, it } from 'vitest';
import { aRun, moving } from '../testing/runs.ts';
import { cancellationWords, progressWords, runSeconds, shareDone, shortProgressWords } from './run-words.ts';
import { sizeInWords, spanInWords } from './sizes.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-21T12:00:01Z') + seconds * 1000);

describe('what a run is at', () => {
  it.each([
    [aRun(), 'Waiting for a worker', 'Waiting for a worker'],
    [aRun({ ...moving, phase: 'preparing' }), 'Reading the metadata', 'Reading the metadata'],
    [aRun(moving), 'Moving data: 40 MB of 100 MB, 12,000 rows, 1 of 4 parts, 4 MB/s, 15 s left', '40%, 15 s left'],
    [
      aRun({ ...moving, progress: { bytesRead: 40_000_000, parts: { done: 0, total: 1 } } }),
      'Moving data: 40 MB, 4 MB/s',
      '0%, 4 MB/s',
    ],
    [
      aRun({ ...moving, progress: { bytesRead: 40_000_000, bytesTotal: 40_000_000, parts: { done: 1, total: 1 } } }),
      'Moving data: 40 MB of 40 MB, 4 MB/s',
      '100%, 4 MB/s',
    ],
    [aRun({ ...moving, phase: 'publishing' }), 'Publishing', 'Publishing'],
    [aRun({ ...moving, retryAt: at(22).toISOString() }), 'Tries again in 12 s', 'Tries again in 12 s'],
    [aRun({ ...moving, retryAt: at(9).toISOString() }), 'Tries again', 'Tries again'],
  ])('%#', (run, full, short) => {
    expect(progressWords(run, at(10))).toBe(full);
    expect(shortProgressWords(run, at(10))).toBe(short);
  });

  it('has no speed in its first two seconds', () => {
    expect(progressWords(aRun(moving), at(1))).toBe('Moving data: 40 MB of 100 MB, 12,000 rows, 1 of 4 parts');
    expect(shortProgressWords(aRun(moving), at(1))).toBe('40%');
  });

  it('knows its share by bytes, else by parts, and never more than all', () => {
    const progress = { parts: { done: 1, total: 4 }, bytesRead: 5, bytesTotal: null };
    expect(shareDone(aRun({ ...moving, progress }))).toBe(0.25);
    expect(shareDone(aRun({ ...moving, progress: { bytesRead: 5, bytesTotal: 4 } }))).toBe(1);
    expect(shareDone(aRun())).toBeUndefined();
  });

  it('takes as long as it took, or until now', () => {
    expect(runSeconds(aRun(), at(5))).toBeUndefined();
    expect(runSeconds(aRun(moving), at(5))).toBe(5);
    expect(runSeconds(aRun({ ...moving, finishedAt: at(2).toISOString() }), at(5))).toBe(2);
  });
});

it.each([
  [{ because: 'person', by: { id: 'x', name: 'Ada' } }, 'Canceled by Ada'],
  [
    { because: 'connectionRemoved', by: { id: 'x', name: 'Ada' } },
    'Canceled, because the connection was removed, by Ada',
  ],
  [{ because: 'sourceRemoved', by: null }, 'Canceled, because a source was removed'],
] as const)('says why a run was canceled (%#)', (canceled, words) => {
  expect(cancellationWords({ ...canceled, at: '2026-11-21T12:00:00Z' })).toBe(words);
});

it.each([
  [0.04, '0 s'],
  [2.44, '2.4 s'],
  [7, '7 s'],
  [45.4, '45 s'],
  [60, '1 min'],
  [200, '3 min 20 s'],
  [3600, '1 h'],
  [7_500, '2 h 5 min'],
])('%d seconds are %s', (seconds, words) => expect(spanInWords(seconds)).toBe(words));

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1_500, '2 kB'],
  [4_240_000, '4.2 MB'],
  [3e12, '3 TB'],
])('%d bytes are %s', (bytes, words) => expect(sizeInWords(bytes)).toBe(words));
