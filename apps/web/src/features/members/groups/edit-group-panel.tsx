import { Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useNavigate, useParams } from 'react-router';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { formatNumber } from '../../../lib/words.ts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { FormPanel } from '../../../ui/form/form-panel.tsx';
import { useTheirChanges } from '../../../ui/form/use-their-changes.ts';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useKeepSearch } from '../../../ui/url-state.ts';
import { useGroupRole, useGroupRolesChanged } from './api.ts';
import { GroupFields, GroupValues } from './group-fields.tsx';

/** A group, whose name and role can be changed. */
export const EditGroupPanel = () => {
  const { id: environmentId } = useEnvironment();
  const { groupRoleId = '' } = useParams();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const { group, error, refetch } = useGroupRole(environmentId, groupRoleId);
  const close = (how = {}) => void navigate(keepSearch(paths.groupRoles(environmentId)), how);
  if (group)
    return (
      <EditGroup key={group.id} environmentId={environmentId} group={group} onStale={() => refetch()} onClose={close} />
    );
  return (
    <SidePanel title="Group" onClose={() => close()}>
      {group === null ? (
        <EmptyState icon="Search" title="This group is gone" text="Somebody may have removed it." />
      ) : error === null ? (
        <Spinner label="Loading" />
      ) : (
        <ErrorState error={error} onRetry={() => refetch()} />
      )}
    </SidePanel>
  );
};

type Props = {
  environmentId: string;
  group: contract.GroupRole;
  onStale: () => unknown;
  onClose: (how?: object) => void;
};

const EditGroup = ({ environmentId, group, onStale, onClose }: Props) => {
  const toasts = useToasts();
  const groupsChanged = useGroupRolesChanged(environmentId);
  const saved: GroupValues = { name: group.name, role: group.role };
  const form = useZodForm(GroupValues, saved);
  useTheirChanges(form, saved, group.etag);
  const submit = useSubmit(contract.updateGroupRole, {
    onSuccess: async ({ name }) => {
      toasts.success(`${name} was saved.`);
      onClose(leaveUnguarded);
      await groupsChanged();
    },
  });
  return (
    <FormPanel
      title={group.name}
      subtitle="Another role holds for everybody who follows the group from their next request on."
      form={form}
      submitText="Save"
      isSubmitting={submit.isPending}
      isSubmitDisabled={!form.formState.isDirty}
      onSubmit={({ name, role }) =>
        submit.mutate(
          {
            params: { environmentId, groupRoleId: group.id },
            body: { ...(name !== group.name && { name }), ...(role !== group.role && { role }) },
            ifMatch: group.etag,
          },
          {
            onError: (error) => {
              applyProblem(form, error);
              if (isProblem(error, 'preconditionFailed')) onStale();
            },
          },
        )
      }
      onClose={() => onClose()}
    >
      <DetailList
        items={[
          { term: 'Value at the provider', value: group.value },
          { term: 'Members by it', value: formatNumber(group.memberCount) },
          { term: 'Created', value: <RelativeTime at={group.createdAt} /> },
        ]}
      />
      <GroupFields control={form.control} />
    </FormPanel>
  );
};
