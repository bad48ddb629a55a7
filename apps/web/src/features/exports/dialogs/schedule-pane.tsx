import { MessageBar } from '@fluentui/react';
import { type BulkResult, type ExportRow, noSchedule } from '@junction/contracts';
import { useState } from 'react';
import { useEnvironment } from '../../../lib/session.ts';
import { exportCount, formatNumber } from '../../../lib/words.ts';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { ChoiceInput } from '../../../ui/form/fields.tsx';
import { FormPanel } from '../../../ui/form/form-panel.tsx';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { useToasts } from '../../../ui/toasts.tsx';
import { useScheduleExports } from '../api.ts';
import { ScheduleFields } from '../form/schedule-fields.tsx';
import { useExportPanels } from '../panel-navigation.ts';
import { ChosenPane } from './chosen-pane.tsx';
import { RefusedPane } from './refused-pane.tsx';
import { ScheduleChoice, scheduledWords, settingOf } from './schedule-choice.ts';

/** Sets when the exports that the address names run by themselves. */
export const ScheduleExportsPane = () => (
  <ChosenPane title="Schedule" deed="schedule" refusal="You may not change when the selected exports run.">
    {(rows, note) => <ScheduleForm rows={rows} note={note} />}
  </ChosenPane>
);

const ScheduleForm = ({ rows, note }: { rows: readonly ExportRow[]; note: string | undefined }) => {
  const { id: environmentId } = useEnvironment();
  const { close, closeSaved } = useExportPanels(environmentId);
  const toasts = useToasts();
  const submit = useScheduleExports(environmentId);
  const [refused, setRefused] = useState<BulkResult>();
  const isOne = rows.length === 1;
  const form = useZodForm(ScheduleChoice, {
    scope: isOne ? 'same' : 'individual',
    turn: 'on',
    schedule: isOne ? rows[0]?.schedule : noSchedule,
  });
  const scope = form.watch('scope');
  const withoutPlan = rows.filter(({ schedule }) => schedule.plan === null).length;

  const save = (choice: ScheduleChoice) => {
    const set = settingOf(choice);
    submit.mutate(
      { params: { environmentId }, body: { exportIds: rows.map(({ id }) => id), set } },
      {
        onSuccess: (result) => {
          if (result.refused.length > 0) return setRefused(result);
          toasts.success(scheduledWords(rows, set));
          void closeSaved();
        },
        onError: (error) => applyProblem(form, error),
      },
    );
  };

  if (refused)
    return <RefusedPane title="Not all schedules are changed" result={refused} onClose={() => void closeSaved()} />;
  return (
    <FormPanel
      title={isOne ? `Schedule ${rows[0]?.name}` : `Schedule ${exportCount(rows.length)}`}
      subtitle={isOne ? 'When it runs by itself.' : 'When they run by themselves.'}
      form={form}
      submitText="Save"
      isSubmitting={submit.isPending}
      isSubmitDisabled={isOne && !form.formState.isDirty}
      onSubmit={save}
      onClose={() => void close()}
    >
      {note !== undefined && (
        <MessageBar isMultiline delayedRender={false}>
          {note}
        </MessageBar>
      )}
      {!isOne && (
        <ChoiceInput
          control={form.control}
          name="scope"
          label="Schedules"
          choices={[
            { key: 'individual', text: 'Keep individual schedules', help: 'Each keeps its own; turn them on or off.' },
            { key: 'same', text: 'Define one schedule for all of them', help: 'It takes the place of what each has.' },
          ]}
        />
      )}
      {scope === 'individual' ? (
        <ChoiceInput
          control={form.control}
          name="turn"
          label="Turn the schedules"
          help={
            withoutPlan === 0
              ? undefined
              : `${formatNumber(withoutPlan)} of them ${withoutPlan === 1 ? 'has' : 'have'} no schedule yet, so there is none to turn on.`
          }
          choices={[
            { key: 'on', text: 'On' },
            { key: 'off', text: 'Off' },
          ]}
        />
      ) : (
        <ScheduleFields control={form.control} name="schedule" />
      )}
    </FormPanel>
  );
};
