import type { Viewer } from '../../../ui/viewer.tsx';

const format = (at: string, locale: string | undefined, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));

/** When a run is due: on the clocks of the plan's zone, and on the viewer's where those show something else. */
export const runTime = (
  at: string,
  planZone: string | undefined,
  { locale, timeZone }: Viewer,
): { there: string; here?: string } => {
  const here = format(at, locale, timeZone);
  if (planZone === undefined) return { there: here };
  const there = format(at, locale, planZone);
  return there === here ? { there } : { there, here };
};
