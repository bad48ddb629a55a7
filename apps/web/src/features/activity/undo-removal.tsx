import { DefaultButton, MessageBar, MessageBarType } from '@fluentui/react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { removedConnectionQuery, useRestoreConnections } from '../../lib/restore-connection.ts';
import { exportCount } from '../../lib/words.ts';
import { Day } from '../../ui/day.tsx';
import { useToasts } from '../../ui/toasts.tsx';

/** Offers to undo the removal of a connection, while that is possible. */
export const UndoRemoval = ({ environmentId, connectionId }: { environmentId: string; connectionId: string }) => {
  const { data: removed } = useQuery(removedConnectionQuery(environmentId, connectionId));
  const toasts = useToasts();
  const restore = useRestoreConnections(environmentId, toasts);
  const [isBusy, setIsBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const isGone = removed === null;
  useEffect(() => {
    // The button is gone with what it offered; whoever uses the keyboard goes on here.
    if (isGone && document.activeElement === document.body) place.current?.focus();
  }, [isGone]);
  if (removed === null) return <div ref={place} tabIndex={-1} />;
  if (removed === undefined) return null;
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
          allowDisabledFocus
          onClick={() => void undo()}
        />
      }
    >
      {removed.name} can be restored until <Day at={removed.restorableUntil} />
      {removed.exports > 0 && `, and ${exportCount(removed.exports)} with it`}.
    </MessageBar>
  );
};
