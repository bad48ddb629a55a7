import { DefaultButton, MessageBar, MessageBarType, makeStyles, PrimaryButton } from '@fluentui/react';
import type { Environment, Export } from '@junction/contracts';
import { useState } from 'react';
import { isProblem } from '../../../lib/errors.ts';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useForgetExports, useUpdateExport } from '../api.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { ConnectionPicker } from './connection-picker.tsx';

const useStyles = makeStyles({ text: { margin: 0, lineHeight: '20px' } });

/** For who may not edit an inactive export but give it a connection again. */
export const ConnectExportForm = ({ environment, saved }: { environment: Environment; saved: Export }) => {
  const styles = useStyles();
  const toasts = useToasts();
  const { close, closeSaved } = useExportPanels(environment.id);
  const forget = useForgetExports(environment.id);
  const update = useUpdateExport(environment.id);
  const [connectionId, setConnectionId] = useState('');

  const save = () =>
    update.mutate(
      { params: { environmentId: environment.id, exportId: saved.id }, ifMatch: saved.etag, body: { connectionId } },
      {
        onSuccess: async ({ name }) => {
          await closeSaved();
          toasts.success(`${name} is active again.`);
        },
        // Whoever was faster: the pane then shows the export as it is now.
        onError: (error) => isProblem(error, 'preconditionFailed') && void forget(),
      },
    );
  const isReady = connectionId !== '' && !update.isPending;
  const message = isProblem(update.error, 'preconditionFailed')
    ? 'Somebody else changed this export after you opened it. It is shown as it is now; save again to connect it.'
    : update.error?.message;
  return (
    <SidePanel
      title={`Connect ${saved.name}`}
      onClose={() => !update.isPending && void close()}
      footer={
        <>
          <PrimaryButton
            text={update.isPending ? 'Saving …' : 'Save'}
            disabled={!isReady}
            allowDisabledFocus
            onClick={() => isReady && save()}
          />
          <DefaultButton text="Cancel" disabled={update.isPending} onClick={() => void close()} />
        </>
      }
    >
      {message !== undefined && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {message}
        </MessageBar>
      )}
      <p className={styles.text}>
        This export is inactive, because it has no connection. Choose one that you may use; the export is then active
        again, and you may edit it.
      </p>
      <ConnectionPicker
        environment={environment}
        value={connectionId}
        onChange={setConnectionId}
        isDisabled={update.isPending}
        hasFocusFirst
      />
      <LeaveGuard isDirty={connectionId !== ''} />
    </SidePanel>
  );
};
