import type { ExportRow, Schedule } from '@junction/contracts';
import * as z from 'zod';
import { exportCount } from '../../../lib/words.ts';
import { ScheduleForm } from '../form/schedule-values.ts';

/** What can be done with the schedules of several exports: keep each, turned on or off, or give all of them one. */
export const ScheduleChoice = z
  .object({
    scope: z.enum(['individual', 'same']),
    turn: z.enum(['on', 'off']),
    schedule: z.custom<Schedule>(),
  })
  .superRefine(({ scope, schedule }, context) => {
    if (scope === 'individual') return;
    for (const { path, message } of ScheduleForm.safeParse(schedule).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['schedule', ...path], message });
  });
export type ScheduleChoice = z.infer<typeof ScheduleChoice>;

/** What the API is asked to set. */
export const settingOf = ({ scope, turn, schedule }: ScheduleChoice): 'on' | 'off' | Schedule =>
  scope === 'individual' ? turn : ScheduleForm.parse(schedule);

/** What happened, once it has. */
export const scheduledWords = (rows: readonly Pick<ExportRow, 'name'>[], set: 'on' | 'off' | Schedule): string => {
  const isOn = set === 'on' || (typeof set === 'object' && set.isOn);
  const what =
    rows.length === 1 ? `The schedule of ${rows[0]?.name} is` : `The schedules of ${exportCount(rows.length)} are`;
  return `${what} ${isOn ? 'on' : 'off'}.`;
};
