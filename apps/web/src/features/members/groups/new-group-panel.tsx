import * as contract from '@junction/contracts';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { roleWords } from '../../../lib/words.ts';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { TextInput } from '../../../ui/form/fields.tsx';
import { FormPanel } from '../../../ui/form/form-panel.tsx';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useKeepSearch } from '../../../ui/url-state.ts';
import { useGroupRolesChanged } from './api.ts';
import { GroupFields } from './group-fields.tsx';
import { memberCount } from './group-words.ts';

/** Gives a group of the identity provider a role. */
export const NewGroupPanel = () => {
  const { id: environmentId, name: environmentName } = useEnvironment();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const toasts = useToasts();
  const groupsChanged = useGroupRolesChanged(environmentId);
  const close = (how = {}) => void navigate(keepSearch(paths.groupRoles(environmentId)), how);
  const form = useZodForm(contract.NewGroupRole, { value: '', name: '', role: 'viewer' });
  const submit = useSubmit(contract.createGroupRole, {
    onSuccess: async ({ name, role, memberCount: count }) => {
      const already = count === 0 ? '' : ` ${memberCount(count)} ${count === 1 ? 'has' : 'have'} it already.`;
      toasts.success(`${name} gives the role ${roleWords[role].toLowerCase()}.${already}`);
      close(leaveUnguarded);
      await groupsChanged();
    },
  });
  return (
    <FormPanel
      title="Add group"
      subtitle={`Whoever is in it belongs to ${environmentName} from when they sign in next.`}
      form={form}
      submitText="Add"
      isSubmitting={submit.isPending}
      onSubmit={(body) =>
        submit.mutate({ params: { environmentId }, body }, { onError: (error) => applyProblem(form, error) })
      }
      onClose={() => close()}
    >
      <TextInput
        control={form.control}
        name="value"
        label="Group or app role"
        placeholder="6d0f8a52-1234-4567-89ab-0123456789ab"
        help="As the identity provider writes it: for Entra ID the group’s object ID or an app role’s value."
        autoComplete="off"
        isRequired
      />
      <GroupFields control={form.control} />
    </FormPanel>
  );
};
