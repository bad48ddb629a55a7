import { isDeepStrictEqual } from 'node:util';
import type * as contract from '@junction/contracts';
import type { Actor, BulkResult, Schedule } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidInput } from '../../platform/field-errors.ts';
import type { HeldExport } from './hold.ts';
import { idsOf, inBulk } from './in-bulk.ts';
import { planErrors } from './plan-errors.ts';
import { scheduleAll } from './store.ts';
import { happening, loggedChange } from './tell-activity.ts';
import { toSchedule } from './views.ts';

/** Turns the schedules of exports on or off, each with its own plan, or gives them all the same one. One that was paused by itself goes on. */
export const scheduleExports = async (
  house: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  asked: Asked<typeof contract.scheduleExports>,
): Promise<BulkResult> => {
  const { set } = asked.body;
  const wrong = typeof set === 'string' ? [] : planErrors(set, 'set');
  if (wrong.length > 0) throw invalidInput(wrong);
  const scheduleAfter = (before: Schedule): Schedule =>
    typeof set === 'string' ? { ...before, isOn: set === 'on' } : set;
  return inBulk(house, actor, asked, {
    deed: 'schedule',
    refuse: ({ plan }) =>
      set === 'on' && plan === null
        ? { code: 'noPlan', message: 'It has no plan. Choose when it runs first.' }
        : undefined,
    change: async (tx, rows, { who }) => {
      const isResumed = (row: HeldExport) => row.autoPausedAt !== null;
      const changed = rows.filter(
        (row) => isResumed(row) || !isDeepStrictEqual(scheduleAfter(toSchedule(row)), toSchedule(row)),
      );
      await scheduleAll(tx, idsOf(changed), set, house.clock.now());
      const told = changed.map((row) => {
        const schedule = toSchedule(row);
        const values = loggedChange(
          { schedule, autoPaused: isResumed(row) },
          { schedule: scheduleAfter(schedule), autoPaused: false },
        );
        return happening('export.scheduled', who, row, values);
      });
      return { done: idsOf(rows), told };
    },
  });
};
