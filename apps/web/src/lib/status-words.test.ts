import { expect, it } from 'vitest';
import { aRun } from '../testing/runs.ts';
import { anAttention, anUpcomingRun, aStatus, groupOf } from '../testing/status.ts';
import { standingsOf, statusInWords } from './status-words.ts';

const pausedAt = '2026-11-20T12:00:00Z';
const nothing = { successful: 0, failed: 0, skipped: 0, canceled: 0 };
const yours = anAttention();
const others = anAttention({ isYours: false });
const doomed = anUpcomingRun('Weekly', { health: 'actionRequired' });

it.each([
  ['that all is well', aStatus(), ['Everything runs']],
  ['that nothing happens', aStatus({ lastDay: nothing }), ['All is quiet']],
  [
    'what comes, though nothing ran yet',
    aStatus({ lastDay: nothing, upcoming: groupOf([anUpcomingRun()]) }),
    ['Everything runs'],
  ],
  ['who is needed', aStatus({ attention: groupOf([yours]) }), ['1 needs somebody']],
  ['how many are needed', aStatus({ attention: groupOf([yours, others], 1200) }), ['1,200 need somebody']],
  [
    'what will fail',
    aStatus({ upcoming: groupOf([doomed, anUpcomingRun()]) }),
    ['1 of the next runs will probably fail'],
  ],
  [
    'what weighs most first',
    aStatus({ workers: 0, pausedAt, attention: groupOf([yours]) }),
    ['No worker is running: nothing will run until one is started', 'Paused since', '1 needs somebody'],
  ],
])('tells %s', (_, status, words) => expect(standingsOf(status).map((standing) => standing.words)).toEqual(words));

it('does not tell of runs that will fail to who is told of their connections', () => {
  const attention = groupOf([anAttention({ because: 'connectionFailing', subject: { type: 'connection' } })]);
  const status = aStatus({ attention, upcoming: groupOf([doomed]) });
  expect(standingsOf(status).map(({ is }) => is)).toEqual(['needing']);
});

it.each([
  [[yours], 1, 'You can do something about it.'],
  [[yours, yours], 2, 'You can do something about them.'],
  [[yours, others], 2, 'You can do something about 1 of them.'],
  [[others, others], 2, 'Somebody else has to do something about them.'],
  [[others], 1, 'Somebody else has to do something about it.'],
  [[yours], 30, undefined],
])('tells what of it one can do something about (%#)', (rows, total, detail) =>
  expect(standingsOf(aStatus({ attention: groupOf(rows, total) }))[0].detail).toBe(detail),
);

it.each([
  [aStatus(), 'Everything runs'],
  [aStatus({ attention: groupOf([yours, others]), running: groupOf([aRun()]) }), '2 need somebody · 1 running'],
  [aStatus({ pausedAt, attention: groupOf([yours]) }), 'Paused · 1 needs somebody'],
  [aStatus({ lastDay: { ...nothing, failed: 2 } }), 'Everything runs · 2 failed runs since yesterday'],
])('says it in a line (%#)', (status, words) => expect(statusInWords(status)).toBe(words));
