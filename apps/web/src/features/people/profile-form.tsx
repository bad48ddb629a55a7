import { DefaultButton, PrimaryButton } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod';
import { isProblem } from '../../lib/errors.ts';
import { meQuery, useMe } from '../../lib/session.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Card } from '../../ui/card.tsx';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { SelectInput, TextInput } from '../../ui/form/fields.tsx';
import { FormFields } from '../../ui/form/form-fields.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { TimeZoneInput } from '../../ui/time-zone-input.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { themeWords } from './theme.ts';

const Profile = z.object({ name: contract.DisplayName, theme: contract.Theme, timeZone: contract.TimeZone });

const themeChoices = contract.Theme.options.map((theme) => ({ key: theme, text: themeWords[theme] }));

/** Name, theme and time zone. */
export const ProfileForm = () => {
  const me = useMe();
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const form = useZodForm(Profile, { name: me.name, theme: me.theme, timeZone: me.timeZone });
  const submit = useSubmit(contract.updateMe, {
    onSuccess: (saved) => {
      queryClient.setQueryData(meQuery.queryKey, saved);
      form.reset({ name: saved.name, theme: saved.theme, timeZone: saved.timeZone });
      toasts.success('Account saved.');
    },
  });
  const save = (values: z.infer<typeof Profile>) =>
    submit.mutate(
      { body: values, ifMatch: me.etag },
      {
        onError: async (error) => {
          applyProblem(form, error);
          // Saved elsewhere, such as in another tab; what is typed here stays, and saving again goes over it.
          if (isProblem(error, 'preconditionFailed'))
            await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
        },
      },
    );
  return (
    <Card title="Profile" text={me.email}>
      <form noValidate onSubmit={form.handleSubmit(save)}>
        <FormFields form={form}>
          <TextInput control={form.control} name="name" label="Name" autoComplete="name" isRequired />
          <SelectInput control={form.control} name="theme" label="Theme" choices={themeChoices} />
          <TimeZoneInput control={form.control} name="timeZone" label="Time zone" />
          <ButtonRow>
            <PrimaryButton
              type="submit"
              text={submit.isPending ? 'Saving …' : 'Save'}
              disabled={submit.isPending || !form.formState.isDirty}
            />
            {form.formState.isDirty && <DefaultButton text="Cancel" onClick={() => form.reset()} />}
          </ButtonRow>
        </FormFields>
      </form>
      <LeaveGuard isDirty={form.formState.isDirty} />
    </Card>
  );
};
