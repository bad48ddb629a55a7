import type { Schedule } from '@junction/contracts';
import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { ViewerProvider } from '../../../ui/viewer.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { ScheduleForm } from './schedule-values.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T12:00:00Z'), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const off: Schedule = { isOn: false, plan: null };

const show = (schedule: Schedule = off) => {
  const onSave = vi.fn();
  const Form = () => {
    const form = useZodForm(z.object({ schedule: ScheduleForm }), { schedule });
    return (
      <form noValidate onSubmit={form.handleSubmit(({ schedule: saved }) => onSave(saved))}>
        <ScheduleFields control={form.control} name="schedule" />
        <button type="submit">Save</button>
      </form>
    );
  };
  render(
    <ViewerProvider viewer={{ locale: 'en-GB', timeZone: 'Europe/London' }}>
      <Form />
    </ViewerProvider>,
  );
  const user = userEvent.setup();
  return {
    user,
    onSave,
    save: () => user.click(screen.getByRole('button', { name: 'Save' })),
    choose: async (type: string) => {
      await user.click(screen.getByRole('combobox', { name: /^Repeats/ }));
      await user.click(await screen.findByRole('option', { name: type }));
    },
    runs: () =>
      within(screen.getByRole('region', { name: /Next three runs/ }))
        .queryAllByRole('listitem')
        .map(({ textContent }) => textContent),
  };
};

test('turned on, it runs daily in the viewer’s zone and shows when', async () => {
  const { user, onSave, save, runs } = show();
  await user.click(screen.getByRole('switch', { name: 'Run on a schedule' }));
  expect(runs()).toEqual(['Sat, 21 Nov 2026, 08:00', 'Sun, 22 Nov 2026, 08:00', 'Mon, 23 Nov 2026, 08:00']);
  await user.click(screen.getByRole('button', { name: 'Add time' }));
  expect(screen.getByLabelText('Time 2')).toHaveValue('09:00');
  await save();
  expect(onSave).toHaveBeenCalledWith({
    isOn: true,
    plan: { type: 'daily', times: ['08:00', '09:00'], timeZone: 'Europe/London' },
  });
});

test('shows the next runs in the plan’s zone and in the viewer’s', async () => {
  const { runs } = show({ isOn: true, plan: { type: 'daily', times: ['08:00'], timeZone: 'Europe/Berlin' } });
  expect(runs()[0]).toBe('Sat, 21 Nov 2026, 08:00Sat, 21 Nov 2026, 07:00 your time');
});

test('days are buttons that are pressed; without one it says so and does not save', async () => {
  const { user, onSave, save, choose, runs } = show({
    isOn: true,
    plan: { type: 'daily', times: ['06:30'], timeZone: 'Europe/London' },
  });
  await choose('Weekly');
  const monday = screen.getByRole('button', { name: 'Monday' });
  expect(monday).toHaveAttribute('aria-pressed', 'true');
  await user.click(monday);
  await save();
  expect(onSave).not.toHaveBeenCalled();
  expect(screen.getByRole('alert')).toHaveTextContent('Choose at least one day of the week.');
  expect(runs()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Friday' }));
  await user.click(monday);
  await save();
  expect(onSave).toHaveBeenCalledWith({
    isOn: true,
    plan: { type: 'weekly', days: [1, 5], times: ['06:30'], timeZone: 'Europe/London' },
  });
});

test('an interval has an amount and a unit', async () => {
  const { user, onSave, save, choose } = show({ isOn: true, plan: { type: 'interval', everyMinutes: 90 } });
  const amount = screen.getByRole('textbox', { name: 'Every' });
  expect(amount).toHaveValue('90');
  await user.clear(amount);
  await user.tab();
  expect(await screen.findByText('Enter whole minutes from 5 to 43200 (30 days).')).toBeInTheDocument();
  await user.type(amount, '2');
  await user.click(screen.getByRole('combobox', { name: /^Unit/ }));
  await user.click(await screen.findByRole('option', { name: 'hours' }));
  await save();
  expect(onSave).toHaveBeenCalledWith({ isOn: true, plan: { type: 'interval', everyMinutes: 120 } });
  await choose('Cron expression');
  const cron = screen.getByRole('textbox', { name: 'Cron expression' });
  await user.clear(cron);
  await user.type(cron, '0 6 31 2 *');
  await user.tab();
  expect(await screen.findByText(/This never runs/)).toBeInTheDocument();
});

test('off keeps the plan for later and says so', async () => {
  const { user, onSave, save } = show({
    isOn: true,
    plan: { type: 'daily', times: ['06:30'], timeZone: 'Europe/London' },
  });
  await user.click(screen.getByRole('switch', { name: 'Run on a schedule' }));
  expect(screen.getByText(/Kept for when it is turned on: Daily at 06:30/)).toBeInTheDocument();
  await save();
  expect(onSave.mock.calls[0]?.[0]).toMatchObject({ isOn: false, plan: { type: 'daily' } });
});
