import { PrimaryButton } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod';
import { isProblem } from '../../lib/errors.ts';
import { keyOf } from '../../lib/queries.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { TextInput } from '../../ui/form/fields.tsx';
import { FormFields } from '../../ui/form/form-fields.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useEnvironmentChanged } from './api.ts';

const Rename = z.object({ name: contract.DisplayName });

/** Renames the environment. */
export const RenameForm = ({ environment }: { environment: contract.Environment }) => {
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const environmentChanged = useEnvironmentChanged();
  const form = useZodForm(Rename, { name: environment.name });
  const submit = useSubmit(contract.updateEnvironment, {
    onSuccess: async (saved) => {
      form.reset({ name: saved.name });
      toasts.success(`The environment is now called ${saved.name}.`);
      await environmentChanged(saved);
    },
  });
  const rename = (body: z.infer<typeof Rename>) =>
    submit.mutate(
      { params: { environmentId: environment.id }, body, ifMatch: environment.etag },
      {
        onError: async (error) => {
          applyProblem(form, error);
          if (isProblem(error, 'preconditionFailed')) {
            await queryClient.invalidateQueries({
              queryKey: keyOf(contract.getEnvironment, { environmentId: environment.id }),
            });
          }
        },
      },
    );
  return (
    <form noValidate onSubmit={form.handleSubmit(rename)}>
      <FormFields form={form}>
        <TextInput control={form.control} name="name" label="Name" autoComplete="off" isRequired />
        <div>
          <PrimaryButton
            type="submit"
            text={submit.isPending ? 'Saving …' : 'Save'}
            disabled={submit.isPending || !form.formState.isDirty}
          />
        </div>
      </FormFields>
      <LeaveGuard isDirty={form.formState.isDirty} />
    </form>
  );
};
