import { DefaultButton, MessageBar, MessageBarType, PrimaryButton, Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf } from '../../../lib/queries.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { connectionCount, someNames } from '../../../lib/words.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useConnectionActions } from '../api.ts';
import { usePanelNavigation } from '../panel-navigation.ts';
import { useNamedConnections, useNamedIds } from '../use-named.ts';
import { isSameSharing, needsPeople, sharingInput } from './sharing.ts';
import { SharingInput } from './sharing-input.tsx';
import { UnshareNotice } from './unshare-notice.tsx';

/** Chooses who can use the connections that the address names: all of them or none. */
export const ShareDialog = () => {
  const { id: environmentId } = useEnvironment();
  const { close } = usePanelNavigation(environmentId);
  const { isPending, connections, error, refetch } = useNamedConnections(environmentId, useNamedIds());
  if (!isPending && error === undefined && connections.length > 0)
    return <ShareForm environmentId={environmentId} connections={connections} />;
  return (
    <DialogFrame
      title="Share"
      isAlert={false}
      onDismiss={close}
      footer={
        <>
          {error !== undefined && <PrimaryButton text="Retry" onClick={() => void refetch()} />}
          <DefaultButton text="Close" onClick={() => void close()} />
        </>
      }
    >
      {isPending ? (
        <Spinner label="Loading the connections" />
      ) : (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {error?.message ?? 'There is nothing to share: it was removed, or it was never here.'}
        </MessageBar>
      )}
    </DialogFrame>
  );
};

type FormProps = { environmentId: string; connections: readonly contract.Connection[] };

const ShareForm = ({ environmentId, connections: opened }: FormProps) => {
  // What is read again in the background does not change the form under the hands of who fills it in.
  const [connections] = useState(opened);
  const [sharing, setSharing] = useState<contract.SharingView | undefined>(() => commonSharing(opened));
  const client = useQueryClient();
  const toasts = useToasts();
  const { close, closeSaved } = usePanelNavigation(environmentId);
  const { refreshList } = useConnectionActions(environmentId);
  const share = useSubmit(contract.shareConnections);
  const names = connections.map(({ name }) => name);
  const isOne = connections.length === 1;

  const canSave =
    sharing !== undefined &&
    !needsPeople(sharing) &&
    connections.some((connection) => !isSameSharing(connection.sharing, sharing));
  const save = async () => {
    if (!canSave || share.isPending) return;
    try {
      const connectionIds = connections.map(({ id }) => id);
      const { changed } = await share.mutateAsync({
        params: { environmentId },
        body: { connectionIds, sharing: sharingInput(sharing) },
      });
      await Promise.all([
        refreshList(),
        client.invalidateQueries({ queryKey: keyOf(contract.getConnection, { environmentId }) }),
      ]);
      await closeSaved();
      toasts.success(
        isOne ? `Who can use ${names[0]} is saved.` : `Who can use ${connectionCount(changed)} is changed.`,
      );
    } catch {
      // Shown in the dialog.
    }
  };

  return (
    <DialogFrame
      title={isOne ? `Share ${names[0]}` : `Share ${connectionCount(connections.length)}`}
      isAlert={false}
      isBusy={share.isPending}
      onDismiss={close}
      footer={
        <>
          <PrimaryButton
            text={share.isPending ? 'Saving …' : 'Save'}
            disabled={!canSave || share.isPending}
            allowDisabledFocus
            onClick={() => void save()}
          />
          <DefaultButton text="Cancel" disabled={share.isPending} onClick={() => void close()} />
        </>
      }
    >
      {!isOne && <div>{someNames(names)}.</div>}
      {!isOne && commonSharing(connections) === undefined && (
        <div>They are shared differently now; what you choose holds for all of them.</div>
      )}
      <SharingInput
        environmentId={environmentId}
        label={isOne ? 'Choose who can use this connection' : 'Choose who can use these connections'}
        value={sharing}
        onChange={setSharing}
        isDisabled={share.isPending}
      />
      {sharing !== undefined && <UnshareNotice connections={connections} sharing={sharing} />}
      {share.error !== null && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {share.error.message}
        </MessageBar>
      )}
    </DialogFrame>
  );
};

/** How all of them are shared; undefined when they differ. */
const commonSharing = ([first, ...others]: readonly contract.Connection[]): contract.SharingView | undefined =>
  first !== undefined && others.every(({ sharing }) => isSameSharing(sharing, first.sharing))
    ? first.sharing
    : undefined;
