import { DefaultButton, MessageBar, MessageBarType, makeStyles, PrimaryButton } from '@fluentui/react';
import type { BulkResult, ExportRow } from '@junction/contracts';
import { useRef, useState } from 'react';
import { useEnvironment } from '../../../lib/session.ts';
import { exportCount } from '../../../lib/words.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useConnectExports } from '../api.ts';
import { useConnectionOptions } from '../form/connection-options.ts';
import { ConnectionPicker } from '../form/connection-picker.tsx';
import { useExportPanels } from '../panel-navigation.ts';
import { takesRows, typesThatTake } from '../takes-rows.ts';
import { ChosenPane } from './chosen-pane.tsx';
import { Names } from './names.tsx';
import { RefusedPane } from './refused-pane.tsx';

const useStyles = makeStyles((theme) => ({
  note: { color: theme.semanticColors.bodySubtext, fontSize: 12, lineHeight: '16px', margin: 0 },
}));

/** Gives the exports that the address names a connection, or another one. */
export const ConnectExportsPane = () => (
  <ChosenPane title="Connect to…" deed="connect" refusal="You may not connect what is selected to another connection.">
    {(rows, note) => <Connect rows={rows} note={note} />}
  </ChosenPane>
);

const Connect = ({ rows, note }: { rows: readonly ExportRow[]; note: string | undefined }) => {
  const styles = useStyles();
  const environment = useEnvironment();
  const { id: environmentId } = environment;
  const { close } = useExportPanels(environmentId);
  const { mutateAsync } = useConnectExports(environmentId);
  const toasts = useToasts();
  const isUnderWay = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [connectionId, setConnectionId] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const [refused, setRefused] = useState<BulkResult>();
  const types = typesThatTake(rows.map(({ type }) => type));
  const { chosen } = useConnectionOptions(environmentId, connectionId || undefined, types);
  const isOne = rows.length === 1;
  const isSame = connectionId !== '' && rows.every(({ connection }) => connection?.id === connectionId);

  const submit = async () => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsBusy(true);
    setFailure(undefined);
    try {
      const exportIds = rows.map(({ id }) => id);
      const result = await mutateAsync({ params: { environmentId }, body: { exportIds, connectionId } });
      if (result.refused.length > 0) return setRefused(result);
      const what = isOne ? `${rows[0]?.name} is` : `${exportCount(rows.length)} are`;
      toasts.success(`${what} connected to ${chosen?.name ?? 'the connection'}.`);
      void close();
    } catch (error) {
      setFailure(error);
      isUnderWay.current = false;
      setIsBusy(false);
    }
  };

  if (refused)
    return <RefusedPane title="Not all exports are connected" result={refused} onClose={() => void close()} />;
  return (
    <SidePanel
      title={isOne ? `Connect ${rows[0]?.name} to…` : `Connect ${exportCount(rows.length)} to…`}
      subtitle={
        isOne
          ? 'What it sends, and when, stays; from now on it goes over the connection that you choose.'
          : 'What they send, and when, stays; from now on it goes over the connection that you choose.'
      }
      onClose={() => void close()}
      footer={
        <>
          <PrimaryButton
            text={isBusy ? 'Connect …' : 'Connect'}
            disabled={connectionId === '' || isSame || isBusy}
            onClick={() => void submit()}
          />
          <DefaultButton text="Cancel" disabled={isBusy} onClick={() => void close()} />
        </>
      }
    >
      {note !== undefined && (
        <MessageBar isMultiline delayedRender={false}>
          {note}
        </MessageBar>
      )}
      {failure instanceof Error && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {failure.message}
        </MessageBar>
      )}
      <ConnectionPicker
        environment={environment}
        label={isOne ? 'Connection for export' : 'Connection for these exports'}
        value={connectionId}
        types={types}
        onChange={setConnectionId}
        isDisabled={isBusy}
      />
      {types !== undefined && (
        <p className={styles.note}>
          Shown are connections that take {takesRows(rows[0]?.type) ? 'rows' : 'files'}, as{' '}
          {isOne ? 'this export sends' : 'these exports send'}. To send {takesRows(rows[0]?.type) ? 'files' : 'rows'}{' '}
          instead, edit {isOne ? 'the export' : 'each export'}.
        </p>
      )}
      {isSame && (
        <MessageBar isMultiline delayedRender={false}>
          {isOne ? 'It goes' : 'They go'} over this connection already.
        </MessageBar>
      )}
      {!isOne && (
        <div>
          These are connected:
          <Names rows={rows} />
        </div>
      )}
    </SidePanel>
  );
};
