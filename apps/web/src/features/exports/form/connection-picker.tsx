import { MessageBar, MessageBarButton, MessageBarType, makeStyles } from '@fluentui/react';
import type { ConnectionOption, Environment } from '@junction/contracts';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useCan } from '../../../lib/session.ts';
import { connectorLabel } from '../../../lib/words.ts';
import { ConnectorLogo } from '../../../ui/connector-logo.tsx';
import { type ComboboxGroup, GroupedCombobox } from '../../../ui/grouped-combobox.tsx';
import { StatusBadge, statusWords } from '../../../ui/status-badge.tsx';
import { whomToAsk } from '../rights.ts';
import { useConnectionOptions } from './connection-options.ts';
import { noConnection } from './form-values.ts';

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', gap: 8 } });

type Props = {
  environment: Environment;
  label?: string;
  /** The id of a connection, `noConnection`, or empty. */
  value: string;
  onChange: (connectionId: string) => void;
  onBlur?: () => void;
  /** The connection that is chosen to begin with, where it is known. */
  known?: ConnectionOption | null;
  /** The types of connection to choose among; all when absent. */
  types?: readonly string[];
  /** Whether an export may be left without one. */
  allowsNone?: boolean;
  isDisabled?: boolean;
  errorMessage?: string;
  hasFocusFirst?: boolean;
  inputRef?: (field: { focus: () => void } | null) => void;
};

const noneGroup: ComboboxGroup = {
  key: 'none',
  options: [{ key: noConnection, text: 'No connection yet', note: 'The export stays inactive' }],
};

const groupsOf = (options: readonly ConnectionOption[]): ComboboxGroup[] =>
  [...Map.groupBy(options, ({ type }) => connectorLabel(type))]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([title, connections]) => ({
      key: title,
      title,
      options: connections.map(({ id, name, type, health }) => ({
        key: id,
        text: name,
        icon: <ConnectorLogo type={type} size={24} />,
        note: <StatusBadge status={health} />,
      })),
    }));

/** Chooses one of the connections that the person may use, and says honestly what choosing it means. */
export const ConnectionPicker = ({
  environment,
  label = 'Connection for export',
  value,
  onChange,
  onBlur,
  known,
  types,
  allowsNone = false,
  isDisabled,
  errorMessage,
  hasFocusFirst,
  inputRef,
}: Props) => {
  const styles = useStyles();
  const isNone = value === noConnection;
  const chosenId = value === '' || isNone ? undefined : value;
  const list = useConnectionOptions(environment.id, chosenId === known?.id ? undefined : chosenId, types);
  const chosen = chosenId !== undefined && chosenId === known?.id ? known : list.chosen;

  if (list.error !== null)
    return (
      <MessageBar
        messageBarType={MessageBarType.error}
        isMultiline
        delayedRender={false}
        actions={<MessageBarButton text="Retry" onClick={list.retry} />}
      >
        The connections could not be loaded. {list.error.message}
      </MessageBar>
    );
  return (
    <div className={styles.root}>
      <GroupedCombobox
        label={label}
        isRequired
        isDisabled={isDisabled}
        placeholder={list.isEmpty ? 'No connection available' : 'Choose a connection'}
        groups={[...(allowsNone && list.search === '' ? [noneGroup] : []), ...groupsOf(list.options)]}
        value={value === '' ? undefined : value}
        valueText={isNone ? 'No connection yet' : (chosen?.name ?? '')}
        onChange={onChange}
        onBlur={onBlur}
        search={list.search}
        onSearch={list.setSearch}
        isLoading={list.isLoading}
        none={list.search === '' ? 'There is no connection that you may use.' : 'No connection matches.'}
        onMore={list.onMore}
        errorMessage={errorMessage}
        hasFocusFirst={hasFocusFirst}
        inputRef={inputRef}
      />
      {list.isEmpty && <NoConnections environment={environment} />}
      {list.isMissing && (
        <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          The connection that was chosen is gone, or you may not use it. Choose another one.
        </MessageBar>
      )}
      {chosen !== undefined && chosen !== null && <HealthNote connection={chosen} environment={environment} />}
      {isNone && (
        <MessageBar delayedRender={false} isMultiline>
          Without a connection the export is inactive: it is kept, and runs once it has one.
        </MessageBar>
      )}
    </div>
  );
};

const NoConnections = ({ environment }: { environment: Environment }) => {
  const can = useCan();
  const navigate = useNavigate();
  const mayAdd = can('connection:create', environment.id);
  return (
    <MessageBar
      isMultiline
      delayedRender={false}
      actions={
        mayAdd ? (
          <MessageBarButton text="Add connection" onClick={() => void navigate(paths.discover(environment.id))} />
        ) : undefined
      }
    >
      {mayAdd
        ? 'There is no connection yet. An export needs one to know where to write.'
        : `There is no connection that you may use. Ask ${whomToAsk(environment.owner.name)}.`}
    </MessageBar>
  );
};

/** That a connection does not work is no reason not to choose it, but one to know. */
const HealthNote = ({ connection, environment }: { connection: ConnectionOption; environment: Environment }) => {
  const can = useCan();
  const navigate = useNavigate();
  if (connection.health !== 'actionRequired' && connection.health !== 'failing') return null;
  const mayRepair = can('connection:read', environment.id);
  return (
    <MessageBar
      messageBarType={MessageBarType.warning}
      isMultiline
      delayedRender={false}
      actions={
        mayRepair ? (
          <MessageBarButton
            text="Open the connection"
            onClick={() => void navigate(paths.connection(environment.id, connection.id))}
          />
        ) : undefined
      }
    >
      {connection.name} does not work now ({statusWords(connection.health).toLowerCase()}). You can choose it, but
      exports over it fail until it is repaired.
      {!mayRepair && ` Ask ${whomToAsk(environment.owner.name)}.`}
    </MessageBar>
  );
};
