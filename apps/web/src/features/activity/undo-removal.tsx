import { DefaultButton, MessageBar, MessageBarType } from '@fluentui/react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../../lib/errors.ts';
import { removedConnectionQuery, useRestoreConnections } from '../../lib/restore-connection.ts';
import { exportCount } from '../../lib/words.ts';
import { Day } from '../../ui/day.tsx';
import { useToasts } from '../../ui/toasts.tsx';

/** Offers to undo the removal of a connection, while that is possible. */
export const UndoRemoval = ({ environmentId, connectionId }: { environmentId: string; connectionId: string }) => {
  // It is not found when it is back already, or its time is over: then there is nothing to offer.
  const { data: removed, error } = useQuery(removedConnectionQuery(environmentId, connectionId));
  const toasts = useToasts();
  const restore = useRestoreConnections(environmentId, toasts);
  const [isBusy, setIsBusy] = useState(false);
  if (removed === undefined || isProblem(error, 'notFound')) return null;
  const undo = async () => {
    if (isBusy) return;
    setIsBusy(true);
    await restore([removed]).finally(() => setIsBusy(false));
  };
  return (
    <MessageBar
      messageBarType={MessageBarType.info}
      isMultiline
      delayedRender={false}
      actions={
        <DefaultButton
          text={isBusy ? 'Restoring …' : 'Undo'}
          iconProps={{ iconName: 'Undo' }}
          disabled={isBusy}
          onClick={() => void undo()}
        />
      }
    >
      {removed.name} can be restored until <Day at={removed.restorableUntil} />
      {removed.exports > 0 && `, and ${exportCount(removed.exports)} with it`}.
    </MessageBar>
  );
};
