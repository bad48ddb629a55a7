import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useEnvironment, useMe } from '../../lib/session.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useKeepSearch } from '../../ui/url-state.ts';
import { memberQuery, useMembersChanged } from './api.ts';

/** Takes somebody out of the environment, after asking. */
export const RemoveMemberDialog = () => {
  const environment = useEnvironment();
  const me = useMe();
  const { memberId = '' } = useParams();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const toasts = useToasts();
  const membersChanged = useMembersChanged(environment.id);
  const member = useQuery(memberQuery(environment.id, memberId));
  const isMe = memberId === me.id;
  const close = () => navigate(keepSearch(paths.members(environment.id)));
  const submit = useSubmit(contract.deleteMember, {
    onSuccess: async () => {
      toasts.success(`${name} was removed.`);
      await (isMe ? navigate(paths.environments()) : close());
      await membersChanged();
    },
  });
  const name = member.data?.name || member.data?.email || 'this member';
  return (
    <ConfirmDialog
      title={isMe ? 'Remove yourself?' : `Remove ${name}?`}
      consequences={[
        isMe
          ? `You lose access to ${environment.name} at once.`
          : `${name} loses access to ${environment.name} from the next request on.`,
        'What they set up stays, and their entries in the activity stay.',
        ...(member.data?.roleFrom === 'groups'
          ? [
              `They come back at the next check of their groups, as long as they are in ${member.data.groupName ?? 'a group with a role here'}.`,
              'To keep them out, take them out of the group at the identity provider, or remove the group under Members, Groups.',
            ]
          : ['An admin can add them again at any time.']),
      ]}
      confirmText="Remove"
      isBusy={submit.isPending || member.data === undefined}
      error={submit.error ?? member.error}
      onConfirm={() =>
        member.data &&
        submit.mutate(
          { params: { environmentId: environment.id, memberId }, ifMatch: member.data.etag },
          { onError: () => void member.refetch() },
        )
      }
      onCancel={() => void close()}
    />
  );
};
