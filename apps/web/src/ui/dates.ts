import type { Viewer } from './viewer.tsx';

const secondsPer = { minute: 60, hour: 3600, day: 86_400, month: 2_629_800, year: 31_557_600 } as const;
/** Below this a moment is "now": clocks of browser and server differ by some seconds. */
const nowSeconds = 45;

/** Formatters are slow to make (tens of microseconds) and a list shows hundreds of times, so each is made once. */
const formatters = new Map<string, unknown>();
const once = <Formatter>(key: string, make: () => Formatter): Formatter => {
  if (!formatters.has(key)) formatters.set(key, make());
  return formatters.get(key) as Formatter;
};

const isSameYear = (at: Date, now: Date, { timeZone }: Viewer): boolean => {
  const year = once(`year ${timeZone}`, () => new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }));
  return year.format(at) === year.format(now);
};

const dateFormat = ({ locale, timeZone }: Viewer, style: { timeStyle?: 'long' }): Intl.DateTimeFormat =>
  once(
    `date ${locale} ${timeZone} ${style.timeStyle}`,
    () => new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long', ...style }),
  );

/** A moment (RFC 3339) as people say it, such as "5 minutes ago" or "in 9 days". */
export const relativeTime = (at: string, now: Date, { locale }: Viewer): string => {
  const seconds = (Date.parse(at) - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  const format = once(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  if (distance < nowSeconds) return format.format(0, 'second');
  const unit =
    distance < 45 * secondsPer.minute
      ? 'minute'
      : distance < 22 * secondsPer.hour
        ? 'hour'
        : distance < 26 * secondsPer.day
          ? 'day'
          : distance < 320 * secondsPer.day
            ? 'month'
            : 'year';
  const count = Math.max(1, Math.round(distance / secondsPer[unit]));
  return format.format(seconds < 0 ? -count : count, unit);
};

/** A moment in full, with the zone's name: "21 November 2026 at 14:03:09 CET". */
export const exactTime = (at: string, viewer: Viewer): string =>
  dateFormat(viewer, { timeStyle: 'long' }).format(new Date(at));

/** The day of a moment: "21 November 2026". */
export const dayOf = (at: string, viewer: Viewer): string => dateFormat(viewer, {}).format(new Date(at));

/** The day of a moment in a sentence, without the year while it is this one: "12 March", "12 March 2025". */
export const shortDayOf = (at: string, now: Date, viewer: Viewer): string => {
  const day = new Date(at);
  if (!isSameYear(day, now, viewer)) return dayOf(at, viewer);
  const { locale, timeZone } = viewer;
  const format = once(
    `day ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long' }),
  );
  return format.format(day);
};

/** A moment of these days: "Mon, 23 Nov, 08:00". */
export const dayAndTime = (at: string, { locale, timeZone }: Viewer): string =>
  once(
    `day and time ${locale} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        timeZone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
      }),
  ).format(new Date(at));

/** The time of day of a moment, to the second: "14:03:09". */
export const timeOfDay = (at: string, { locale, timeZone }: Viewer): string =>
  once(
    `time ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ).format(new Date(at));
