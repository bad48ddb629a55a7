import { Cron } from 'croner';

/**
 * What Junction asks of croner, everywhere the same: five fields, a day of the month OR a day of the week, and the
 * clock changes of Vixie cron, where a list or range of hours are times of the day too (see the README).
 */
export const cronJob = (expression: string, timeZone: string): Cron =>
  new Cron(expression, { timezone: timeZone, mode: '5-part', domAndDow: false, fixedTimeRule: 'no-wildcard' });
