import * as contract from '@junction/contracts';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { environmentTypeWords } from '../../lib/words.ts';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { ChoiceInput, TextInput } from '../../ui/form/fields.tsx';
import { FormPanel } from '../../ui/form/form-panel.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../ui/leave-guard.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useKeepSearch } from '../../ui/url-state.ts';
import { useEnvironmentChanged } from './api.ts';

const typeHelp = {
  production: 'For real work.',
  sandbox: 'To try things out; marked as such wherever it is named.',
} as const;
const typeChoices = contract.EnvironmentType.options.map((type) => ({
  key: type,
  text: environmentTypeWords[type],
  help: typeHelp[type],
}));

/** Creates an environment and goes there. */
export const NewEnvironmentPanel = () => {
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const toasts = useToasts();
  const environmentChanged = useEnvironmentChanged();
  const form = useZodForm(contract.NewEnvironment, { name: '', type: 'production' });
  const submit = useSubmit(contract.createEnvironment, {
    onSuccess: async (environment) => {
      await environmentChanged(environment);
      toasts.success(`${environment.name} was created.`);
      await navigate(paths.environment(environment.id), leaveUnguarded);
    },
  });
  return (
    <FormPanel
      title="New environment"
      subtitle="You become its owner."
      form={form}
      submitText="Create"
      isSubmitting={submit.isPending}
      onSubmit={(body) => submit.mutate({ body }, { onError: (error) => applyProblem(form, error) })}
      onClose={() => void navigate(keepSearch(paths.environments()))}
    >
      <TextInput control={form.control} name="name" label="Name" placeholder="Contoso" autoComplete="off" isRequired />
      <ChoiceInput control={form.control} name="type" label="Type" choices={typeChoices} isRequired />
    </FormPanel>
  );
};
