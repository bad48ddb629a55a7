import { type ConnectionDraftStep, connectionDraftSteps } from '@junction/contracts';

export const stepWords: Readonly<Record<ConnectionDraftStep, string>> = {
  settings: 'Settings',
  access: 'Access',
  review: 'Review',
};

/** Whether an address names a step. */
export const isStep = (text: string | undefined): text is ConnectionDraftStep =>
  connectionDraftSteps.some((step) => step === text);

const placeOf = (step: ConnectionDraftStep): number => connectionDraftSteps.indexOf(step);

/** The later one of two steps. */
export const laterStep = (one: ConnectionDraftStep, other: ConnectionDraftStep): ConnectionDraftStep =>
  placeOf(one) < placeOf(other) ? other : one;

/** The step before; undefined before the first one. */
export const stepBefore = (step: ConnectionDraftStep): ConnectionDraftStep | undefined =>
  connectionDraftSteps[placeOf(step) - 1];

/** How far somebody has come: whether the settings are done, and the last step that they went to. */
export type Progress = { areSettingsDone: boolean; furthest: ConnectionDraftStep };

/** Whether a step can be gone to: everything before it is done. */
export const isReachable = (step: ConnectionDraftStep, { areSettingsDone, furthest }: Progress): boolean =>
  step === 'settings' || (areSettingsDone && (step === 'access' || furthest === 'review'));

/** Where to go in place of a step that cannot be gone to. */
export const firstUnfinished = ({ areSettingsDone }: Progress): ConnectionDraftStep =>
  areSettingsDone ? 'access' : 'settings';
