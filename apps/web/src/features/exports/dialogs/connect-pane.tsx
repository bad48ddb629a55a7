import { DefaultButton, MessageBar, MessageBarType, PrimaryButton, Spinner } from '@fluentui/react';
import type { BulkResult, ConnectionOption, ExportRow } from '@junction/contracts';
import { useRef, useState } from 'react';
import { useEnvironment } from '../../../lib/session.ts';
import { exportCount } from '../../../lib/words.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useConnectExports } from '../api.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { allowedFor, leftOutWords } from '../rights.ts';
import { ConnectionPicker } from './connection-picker.tsx';
import { RefusedList } from './refused-list.tsx';
import { useChosenExports } from './use-chosen-exports.ts';

/** Gives the exports that the address names a connection, or another one. */
export const ConnectExportsPane = () => {
  const environment = useEnvironment();
  const { close } = useExportPanels(environment.id);
  const chosen = useChosenExports(environment.id);
  const rows = allowedFor(environment.role, chosen.rows, 'connect');
  const leftOut = leftOutWords(environment.role, chosen.rows, 'connect');
  const title = rows.length === 1 ? `Connect ${rows[0]?.name} to…` : `Connect ${exportCount(rows.length)} to…`;
  if (!chosen.isPending && rows.length > 0) return <Connect title={title} rows={rows} leftOut={leftOut} />;
  return (
    <SidePanel title="Connect to…" onClose={() => void close()}>
      {chosen.isPending ? (
        <Spinner label="Loading the exports" />
      ) : chosen.error !== null ? (
        <ErrorState error={chosen.error} onRetry={chosen.refetch} />
      ) : (
        <MessageBar isMultiline delayedRender={false}>
          {chosen.rows.length === 0
            ? 'There is no such export any more.'
            : 'You may not connect what is selected to another connection.'}
        </MessageBar>
      )}
    </SidePanel>
  );
};

type Props = { title: string; rows: readonly ExportRow[]; leftOut: string | undefined };

const Connect = ({ title, rows, leftOut }: Props) => {
  const environment = useEnvironment();
  const { id: environmentId } = environment;
  const { close } = useExportPanels(environmentId);
  const { mutateAsync } = useConnectExports(environmentId);
  const toasts = useToasts();
  const isUnderWay = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [connection, setConnection] = useState<ConnectionOption>();
  const [failure, setFailure] = useState<unknown>();
  const [refused, setRefused] = useState<BulkResult>();
  const currentIds = new Set(rows.map((row) => row.connection?.id));
  const currentId = currentIds.size === 1 ? rows[0]?.connection?.id : undefined;

  const submit = async () => {
    if (connection === undefined || isUnderWay.current) return;
    isUnderWay.current = true;
    setIsBusy(true);
    setFailure(undefined);
    try {
      const exportIds = rows.map(({ id }) => id);
      const result = await mutateAsync({ params: { environmentId }, body: { exportIds, connectionId: connection.id } });
      if (result.refused.length > 0) return setRefused(result);
      const what = rows.length === 1 ? `${rows[0]?.name} is` : `${exportCount(rows.length)} are`;
      toasts.success(`${what} connected to ${connection.name}.`);
      void close();
    } catch (error) {
      setFailure(error);
    } finally {
      isUnderWay.current = false;
      setIsBusy(false);
    }
  };

  if (refused)
    return (
      <SidePanel
        title="Not all exports are connected"
        onClose={() => void close()}
        footer={<PrimaryButton text="Close" onClick={() => void close()} />}
      >
        <RefusedList result={refused} />
      </SidePanel>
    );
  return (
    <SidePanel
      title={title}
      subtitle="What they send, and when, stays; from now on it goes over the connection that you choose."
      onClose={() => void close()}
      footer={
        <>
          <PrimaryButton
            text={isBusy ? 'Connect …' : 'Connect'}
            disabled={connection === undefined || connection.id === currentId || isBusy}
            onClick={() => void submit()}
          />
          <DefaultButton text="Cancel" disabled={isBusy} onClick={() => void close()} />
        </>
      }
    >
      {leftOut !== undefined && (
        <MessageBar isMultiline delayedRender={false}>
          {leftOut}.
        </MessageBar>
      )}
      <ConnectionPicker environment={environment} value={connection} currentId={currentId} onChoose={setConnection} />
      {connection !== undefined && ['actionRequired', 'failing'].includes(connection.health) && (
        <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          {connection.name} does not work at the moment. Exports can be connected to it, but will fail until an admin
          has seen to it.
        </MessageBar>
      )}
      {failure instanceof Error && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {failure.message}
        </MessageBar>
      )}
    </SidePanel>
  );
};
