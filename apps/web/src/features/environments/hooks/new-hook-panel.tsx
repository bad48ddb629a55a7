import * as contract from '@junction/contracts';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { FormPanel } from '../../../ui/form/form-panel.tsx';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useHooksChanged } from './api.ts';
import { HookFields } from './hook-fields.tsx';
import { HookForm, newHookOf, valuesOf } from './hook-values.ts';

/** Sends notices to one more URL. */
export const NewHookPanel = () => {
  const { id: environmentId } = useEnvironment();
  const navigate = useNavigate();
  const toasts = useToasts();
  const hooksChanged = useHooksChanged(environmentId);
  const form = useZodForm(HookForm, valuesOf());
  const submit = useSubmit(contract.createNoticeHook, {
    onSuccess: async ({ name }) => {
      toasts.success(`${name} was added. Send a test to see whether notices arrive.`);
      await navigate(paths.settings(environmentId), leaveUnguarded);
      await hooksChanged();
    },
  });
  return (
    <FormPanel
      title="Add notice webhook"
      subtitle="Junction posts each notice as JSON to a URL of yours."
      form={form}
      submitText="Add"
      isSubmitting={submit.isPending}
      onSubmit={(hook) =>
        submit.mutate(
          { params: { environmentId }, body: newHookOf(hook) },
          { onError: (error) => applyProblem(form, error) },
        )
      }
      onClose={() => void navigate(paths.settings(environmentId))}
    >
      <HookFields form={form} />
    </FormPanel>
  );
};
