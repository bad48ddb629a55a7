import { Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import * as z from 'zod';
import { isProblem } from '../../lib/errors.ts';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { roleWords } from '../../lib/words.ts';
import { DetailList } from '../../ui/detail-list.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { FormPanel } from '../../ui/form/form-panel.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../ui/leave-guard.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useKeepSearch } from '../../ui/url-state.ts';
import { memberQuery, useMembersChanged } from './api.ts';
import { RoleInput } from './role-input.tsx';

/** A member's details, and their role to change. */
export const EditMemberPanel = () => {
  const environment = useEnvironment();
  const { memberId = '' } = useParams();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const member = useQuery(memberQuery(environment.id, memberId));
  const close = (how = {}) => void navigate(keepSearch(paths.members(environment.id)), how);
  if (member.data)
    return <RoleForm key={member.data.id} member={member.data} onStale={() => member.refetch()} onClose={close} />;
  return (
    <SidePanel title="Member" onClose={() => close()}>
      {member.isError ? (
        <ErrorState error={member.error} onRetry={() => member.refetch()} />
      ) : (
        <Spinner label="Loading" />
      )}
    </SidePanel>
  );
};

const RoleForm = ({
  member,
  onStale,
  onClose,
}: {
  member: contract.Member;
  onStale: () => unknown;
  onClose: (how?: object) => void;
}) => {
  const environment = useEnvironment();
  const toasts = useToasts();
  const membersChanged = useMembersChanged(environment.id);
  const form = useZodForm(z.object({ role: contract.Role }), { role: member.role });
  const submit = useSubmit(contract.updateMember, {
    onSuccess: async ({ name, role }) => {
      toasts.success(`${name} is now ${roleWords[role].toLowerCase()}.`);
      onClose(leaveUnguarded);
      await membersChanged();
    },
  });
  return (
    <FormPanel
      title={member.name || member.email}
      form={form}
      submitText="Save"
      isSubmitting={submit.isPending}
      isSubmitDisabled={!form.formState.isDirty}
      onSubmit={(body) =>
        submit.mutate(
          { params: { environmentId: environment.id, memberId: member.id }, body, ifMatch: member.etag },
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
          { term: 'E-mail', value: member.email },
          { term: 'Added', value: <RelativeTime at={member.addedAt} /> },
          { term: 'Account', value: member.hasSignedIn ? 'Active' : 'The one-time link is not used yet' },
        ]}
      />
      <RoleInput
        control={form.control}
        name="role"
        label="Role"
        isDisabled={member.isOwner}
        help={
          member.isOwner
            ? 'The owner is always an admin. To change that, hand the environment to another admin under Settings.'
            : undefined
        }
      />
    </FormPanel>
  );
};
