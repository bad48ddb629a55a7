import * as contract from '@junction/contracts';
import { useNavigate, useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useKeepSearch } from '../../../ui/url-state.ts';
import { useGroupRole, useGroupRolesChanged } from './api.ts';
import { memberCount } from './group-words.ts';

const whoLeaves = ({ memberCount: count }: contract.GroupRole, environmentName: string): string =>
  count === 0
    ? 'Nobody has their role by it now, so nobody loses their place.'
    : `${memberCount(count)} ${count === 1 ? 'has their' : 'have their'} role by it. Whoever is in no other group with a role here loses their place in ${environmentName} at once.`;

/** Takes its role from a group, after asking. */
export const RemoveGroupDialog = () => {
  const { id: environmentId, name: environmentName } = useEnvironment();
  const { groupRoleId = '' } = useParams();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const toasts = useToasts();
  const groupsChanged = useGroupRolesChanged(environmentId);
  const { group, error, refetch } = useGroupRole(environmentId, groupRoleId);
  const close = () => navigate(keepSearch(paths.groupRoles(environmentId)));
  const submit = useSubmit(contract.deleteGroupRole, {
    onSuccess: async () => {
      toasts.success(`${group?.name ?? 'The group'} was removed.`);
      await close();
      await groupsChanged();
    },
  });
  const gone = group === null ? new Error('This group was removed already.') : null;
  return (
    <ConfirmDialog
      title={`Remove ${group?.name ?? 'this group'}?`}
      consequences={[
        ...(group ? [whoLeaves(group, environmentName)] : []),
        'Whoever has their role by hand keeps it.',
        'At the identity provider nothing changes.',
      ]}
      confirmText="Remove"
      isBusy={submit.isPending || (group === undefined && error === null)}
      error={submit.error ?? error ?? gone}
      onConfirm={() => {
        if (!group) return void close();
        const params = { environmentId, groupRoleId };
        submit.mutate({ params, ifMatch: group.etag }, { onError: () => void refetch() });
      }}
      onCancel={() => void close()}
    />
  );
};
