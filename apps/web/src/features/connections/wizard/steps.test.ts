import { expect, test } from 'vitest';
import { firstUnfinished, isReachable, laterStep, stepBefore } from './steps.ts';

test('a step can be gone to when everything before it is done', () => {
  const reached = (areSettingsDone: boolean, furthest: 'settings' | 'access' | 'review') =>
    (['settings', 'access', 'review'] as const).filter((step) => isReachable(step, { areSettingsDone, furthest }));
  expect(reached(false, 'review')).toEqual(['settings']);
  expect(reached(true, 'settings')).toEqual(['settings', 'access']);
  expect(reached(true, 'review')).toEqual(['settings', 'access', 'review']);
});

test('whoever asks for another one is led to the first that is not done', () => {
  expect(firstUnfinished({ areSettingsDone: false, furthest: 'review' })).toBe('settings');
  expect(firstUnfinished({ areSettingsDone: true, furthest: 'settings' })).toBe('access');
});

test('knows the order', () => {
  expect([stepBefore('settings'), stepBefore('review')]).toEqual([undefined, 'access']);
  expect([laterStep('access', 'settings'), laterStep('access', 'review')]).toEqual(['access', 'review']);
});
