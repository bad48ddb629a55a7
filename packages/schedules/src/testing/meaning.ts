import type { SchedulePlan } from '@junction/contracts';
import type { Meaning } from './wall-clock.ts';

/** The values of a cron field, by the book: numbers, *, ranges, steps, lists. */
const valuesOf = (field: string, lowest: number, highest: number): Set<number> => {
  const values = new Set<number>();
  for (const item of field.split(',')) {
    const [range = '', step = '1'] = item.split('/');
    const [first, last = first] = range === '*' ? [lowest, highest] : range.split('-').map(Number);
    for (let value = first ?? lowest; value <= (last ?? highest); value += Number(step)) values.add(value);
  }
  return values;
};

const minutesOf = (times: string[]) => {
  const all = new Set(times.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))));
  return (minute: number) => all.has(minute);
};

const isLastOfMonth = (date: Date) => new Date(date.getTime() + 86_400_000).getUTCDate() === 1;

/** What the words of the README say a plan means. */
export const meaningOf = (plan: Exclude<SchedulePlan, { type: 'interval' }>): Meaning => {
  switch (plan.type) {
    case 'daily':
      return { isTime: minutesOf(plan.times), isDay: () => true, isRhythm: false };
    case 'weekly': {
      const isDay = (date: Date) => plan.days.includes(date.getUTCDay() || 7);
      return { isTime: minutesOf(plan.times), isDay, isRhythm: false };
    }
    case 'monthly': {
      const isDay = (date: Date) =>
        plan.days.includes(date.getUTCDate()) || (plan.days.includes('last') && isLastOfMonth(date));
      return { isTime: minutesOf(plan.times), isDay, isRhythm: false };
    }
    case 'cron': {
      const [minute = '', hour = '', date = '', month = '', weekday = ''] = plan.expression.split(' ');
      const [minutes, hours] = [valuesOf(minute, 0, 59), valuesOf(hour, 0, 23)];
      const [dates, months, weekdays] = [valuesOf(date, 1, 31), valuesOf(month, 1, 12), valuesOf(weekday, 0, 7)];
      const isDate = (day: Date) => dates.has(day.getUTCDate());
      const isWeekday = (day: Date) => weekdays.has(day.getUTCDay()) || (weekdays.has(7) && day.getUTCDay() === 0);
      const isEither = date !== '*' && weekday !== '*';
      return {
        isTime: (at) => minutes.has(at % 60) && hours.has(Math.floor(at / 60)),
        isDay: (day) =>
          months.has(day.getUTCMonth() + 1) &&
          (isEither ? isDate(day) || isWeekday(day) : isDate(day) && isWeekday(day)),
        isRhythm: /[*/]/.test(`${minute}${hour}`),
      };
    }
  }
};
