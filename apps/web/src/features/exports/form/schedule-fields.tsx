import { Dropdown, FontWeights, makeStyles, TextField, Toggle } from '@fluentui/react';
import { type MonthlyPlan, type Schedule, type SchedulePlan, scheduleInWords } from '@junction/contracts';
import { useState } from 'react';
import {
  type Control,
  type FieldError,
  type FieldPath,
  type FieldValues,
  get,
  useController,
  useFormState,
} from 'react-hook-form';
import { TimeZonePicker } from '../../../ui/time-zone-input.tsx';
import { useViewer } from '../../../ui/viewer.tsx';
import { DayButtons } from './day-buttons.tsx';
import { IntervalInput } from './interval-input.tsx';
import { NextRunsPreview } from './next-runs-preview.tsx';
import { planOfType, planTypeWords, scheduleProblems, turnedOn } from './schedule-values.ts';
import { TimesInput } from './times-input.tsx';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 16 },
  type: { maxWidth: 264 },
  note: { margin: 0, color: theme.semanticColors.bodySubtext, fontSize: 12 },
  error: { color: theme.semanticColors.errorText, fontSize: 12 },
}));

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((name, index) => ({
  value: index + 1,
  text: name.slice(0, 3),
  name,
}));
const monthDays: { value: MonthlyPlan['days'][number]; text: string; name: string }[] = [
  ...Array.from({ length: 31 }, (_, index) => ({
    value: index + 1,
    text: String(index + 1),
    name: `Day ${index + 1}`,
  })),
  { value: 'last', text: 'Last', name: 'Last day of the month' },
];
/** Days that some months lack. */
const isRareDay = (day: MonthlyPlan['days'][number]) => day !== 'last' && day > 28;

const typeOptions = Object.entries(planTypeWords).map(([key, text]) => ({ key, text }));

type Props<Values extends FieldValues, Output> = {
  control: Control<Values, unknown, Output>;
  /** The path of a Schedule in the form's values. Validate it with ScheduleForm. */
  name: FieldPath<Values>;
  label?: string;
  isDisabled?: boolean;
};

/** When something runs by itself: on or off, the plan, and its next runs. Says what is wrong once a field was left. */
export const ScheduleFields = <Values extends FieldValues, Output = Values>({
  control,
  name,
  label = 'Run on a schedule',
  isDisabled,
}: Props<Values, Output>) => {
  const styles = useStyles();
  const viewer = useViewer();
  const viewerZone = viewer.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { field } = useController({ control, name });
  const { errors, isSubmitted } = useFormState({ control });
  const [isLeft, setIsLeft] = useState(false);
  const schedule = field.value as Schedule;
  const problems = scheduleProblems(schedule);

  const change = (next: Schedule) => field.onChange(next);
  const changePlan = (plan: SchedulePlan) => change({ ...schedule, plan });
  const onBlur = () => {
    setIsLeft(true);
    field.onBlur();
  };
  const refused = (path: string) => (get(errors, `${name}.${path}`) as FieldError | undefined)?.message;
  const errorAt = (path: string): string | undefined =>
    refused(path) ?? (isLeft || isSubmitted ? problems.find((problem) => problem.path === path)?.message : undefined);
  const planError = refused('plan') ?? refused('isOn') ?? (get(errors, name) as FieldError | undefined)?.message;
  const { isOn, plan } = schedule;
  const common = { onBlur, isDisabled };

  return (
    <div className={styles.root}>
      <div>
        <Toggle
          label={label}
          onText="On"
          offText="Off"
          checked={isOn}
          disabled={isDisabled}
          styles={{ root: { marginBottom: 0 }, label: { fontWeight: FontWeights.regular } }}
          onChange={(_, on = false) => change(on ? turnedOn(schedule, viewerZone) : { ...schedule, isOn: false })}
        />
        {!isOn && <p className={styles.note}>{offWords(schedule)}</p>}
        {planError !== undefined && (
          <div role="alert" className={styles.error}>
            {planError}
          </div>
        )}
      </div>
      {isOn && plan !== null && (
        <>
          <Dropdown
            className={styles.type}
            label="Repeats"
            options={typeOptions}
            selectedKey={plan.type}
            disabled={isDisabled}
            onChange={(_, option) => {
              setIsLeft(false);
              if (option) changePlan(planOfType(option.key as SchedulePlan['type'], plan, viewerZone));
            }}
          />
          {plan.type === 'interval' && (
            <IntervalInput
              {...common}
              everyMinutes={plan.everyMinutes}
              errorMessage={errorAt('plan.everyMinutes')}
              onChange={(everyMinutes) => changePlan({ ...plan, everyMinutes })}
            />
          )}
          {plan.type === 'weekly' && (
            <DayButtons
              {...common}
              label="Days of the week"
              days={weekdays}
              chosen={plan.days}
              errorMessage={errorAt('plan.days')}
              onChange={(days) => changePlan({ ...plan, days })}
            />
          )}
          {plan.type === 'monthly' && (
            <div>
              <DayButtons
                {...common}
                label="Days of the month"
                days={monthDays}
                chosen={plan.days}
                errorMessage={errorAt('plan.days')}
                onChange={(days) => changePlan({ ...plan, days })}
              />
              {plan.days.some(isRareDay) && (
                <p className={styles.note}>
                  Months without such a day are skipped. “Last” is the last day of each one.
                </p>
              )}
            </div>
          )}
          {plan.type !== 'interval' && plan.type !== 'cron' && (
            <TimesInput
              {...common}
              times={plan.times}
              errorMessage={errorAt('plan.times')}
              errorAt={(index) => errorAt(`plan.times.${index}`)}
              onChange={(times) => changePlan({ ...plan, times })}
            />
          )}
          {plan.type === 'cron' && (
            <TextField
              label="Cron expression"
              description="Minute, hour, day of the month, month and day of the week: 30 6 * * 1-5 is 06:30 from Monday to Friday."
              autoComplete="off"
              spellCheck={false}
              value={plan.expression}
              disabled={isDisabled}
              errorMessage={errorAt('plan.expression')}
              onChange={(_, expression = '') => changePlan({ ...plan, expression })}
              onBlur={onBlur}
            />
          )}
          {plan.type !== 'interval' && (
            <TimeZonePicker
              {...common}
              label="Time zone"
              value={plan.timeZone}
              errorMessage={errorAt('plan.timeZone')}
              onChange={(timeZone) => changePlan({ ...plan, timeZone })}
            />
          )}
          <NextRunsPreview plan={plan} isComplete={problems.length === 0} />
        </>
      )}
    </div>
  );
};

/** What off means, and that the plan is not lost. */
const offWords = (schedule: Schedule): string => {
  const kept = scheduleProblems({ ...schedule, isOn: true }).length === 0 && schedule.plan !== null;
  return kept
    ? `Runs only when somebody starts it. Kept for when it is turned on: ${scheduleInWords({ ...schedule, isOn: true })}.`
    : 'Runs only when somebody starts it.';
};
