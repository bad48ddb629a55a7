import { ContextualMenuItemType, IconButton } from '@fluentui/react';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useMe } from '../../lib/session.ts';
import { useSignOut } from '../../lib/use-sign-out.ts';
import { Initials } from '../../ui/initials.tsx';
import { leaveUnguarded } from '../../ui/leave-guard.tsx';
import { useToasts } from '../../ui/toasts.tsx';

/** Who is signed in, with the way to their account and out. */
export const AccountMenu = () => {
  const me = useMe();
  const navigate = useNavigate();
  const toasts = useToasts();
  const signOut = useSignOut(leaveUnguarded);
  return (
    <IconButton
      ariaLabel={`Account of ${me.name}`}
      title={me.name}
      onRenderIcon={() => <Initials name={me.name} />}
      onRenderMenuIcon={() => null}
      styles={{ root: { width: 40, height: 40 } }}
      menuProps={{
        items: [
          { key: 'who', itemType: ContextualMenuItemType.Header, text: me.email },
          {
            key: 'account',
            text: 'Account',
            iconProps: { iconName: 'Person' },
            onClick: () => void navigate(paths.account()),
          },
          { key: 'divider', itemType: ContextualMenuItemType.Divider },
          {
            key: 'sign-out',
            text: 'Sign out',
            iconProps: { iconName: 'SignOut' },
            onClick: () => signOut.mutate({}, { onError: (error) => toasts.error(error.message) }),
          },
        ],
      }}
    />
  );
};
