import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf, read } from '../../lib/queries.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { wholeList } from '../../ui/data-table/whole-list.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useToasts } from '../../ui/toasts.tsx';

type MySession = contract.MySession;

/** Where one is signed in; any session but this one can be ended here. */
export const MySessions = () => {
  const sessions = useQuery(read(contract.listMySessions, {}));
  const [ending, setEnding] = useState<MySession | null>(null);
  return (
    <Card
      title="Sessions"
      text="Where you are signed in. End a session that you do not recognize, then change your password."
    >
      <DataTable
        label="Sessions"
        list={wholeList(sessions)}
        keyOf={(session) => session.id}
        nameOf={(session) => session.client}
        columns={[
          {
            key: 'client',
            title: 'Where',
            minWidth: 200,
            render: (session) => (session.current ? `${session.client} (this session)` : session.client),
          },
          { key: 'address', title: 'Address', minWidth: 110, leavesAt: 2, render: (session) => session.address },
          {
            key: 'createdAt',
            title: 'Signed in',
            minWidth: 110,
            leavesAt: 3,
            render: (session) => <RelativeTime at={session.createdAt} />,
          },
          {
            key: 'lastSeenAt',
            title: 'Last seen',
            minWidth: 110,
            leavesAt: 1,
            render: (session) => <RelativeTime at={session.lastSeenAt} />,
          },
          {
            key: 'expiresAt',
            title: 'Ends',
            minWidth: 110,
            leavesAt: 4,
            render: (session) => <RelativeTime at={session.expiresAt} />,
          },
        ]}
        narrowText={(session) => session.address}
        rowActions={(session) =>
          session.current
            ? []
            : [
                {
                  key: 'end',
                  text: 'End session',
                  iconProps: { iconName: 'SignOut' },
                  onClick: () => setEnding(session),
                },
              ]
        }
        empty={{ title: 'No sessions', text: 'You are not signed in anywhere.' }}
      />
      {ending && <EndSessionDialog session={ending} onClose={() => setEnding(null)} />}
    </Card>
  );
};

const EndSessionDialog = ({ session, onClose }: { session: MySession; onClose: () => void }) => {
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const submit = useSubmit(contract.deleteMySession, {
    onSuccess: async () => {
      onClose();
      toasts.success(`The session in ${session.client} has ended.`);
      await queryClient.invalidateQueries({ queryKey: keyOf(contract.listMySessions) });
    },
  });
  return (
    <ConfirmDialog
      title="End this session?"
      text={`${session.client}, from ${session.address}, is signed out at once.`}
      confirmText="End session"
      isBusy={submit.isPending}
      error={submit.error}
      onConfirm={() => submit.mutate({ params: { sessionId: session.id }, ifMatch: session.etag })}
      onCancel={onClose}
    />
  );
};
