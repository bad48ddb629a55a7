import { DefaultButton } from '@fluentui/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { environmentsQuery, useMe } from '../../lib/session.ts';
import { useSignOut } from '../../lib/use-sign-out.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { leaveUnguarded } from '../../ui/leave-guard.tsx';
import { useToasts } from '../../ui/toasts.tsx';

/** For somebody who belongs to no environment and cannot create one, such as after signing in with an identity provider for the first time. */
export const NoEnvironment = () => {
  const me = useMe();
  const navigate = useNavigate();
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const [isChecking, setChecking] = useState(false);
  const signOut = useSignOut(leaveUnguarded);

  const checkAgain = async () => {
    setChecking(true);
    try {
      const { value } = await queryClient.fetchQuery({ ...environmentsQuery, staleTime: 0 });
      if (value.length > 0) await navigate(paths.home());
      else toasts.info('You still belong to no environment.');
    } catch (error) {
      if (error instanceof Error) toasts.error(error.message);
    } finally {
      setChecking(false);
    }
  };

  return (
    <EmptyState
      icon="Building"
      title="You belong to no environment"
      text={
        <>
          You are signed in as <strong>{me.email}</strong>. An admin has to add you as a member first
          {me.identity === null
            ? '.'
            : `, or give a role to one of your groups at ${me.identity.provider}. If you were put into a group just now, sign out and in again.`}
        </>
      }
      action={{ text: 'Check again', onClick: () => void checkAgain(), isDisabled: isChecking }}
      more={
        <DefaultButton
          text="Sign out"
          disabled={signOut.isPending}
          allowDisabledFocus
          onClick={() => signOut.mutate({}, { onError: (error) => toasts.error(error.message) })}
        />
      }
    />
  );
};
