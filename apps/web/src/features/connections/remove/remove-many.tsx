import {
  ActionButton,
  DefaultButton,
  MessageBar,
  MessageBarType,
  makeStyles,
  PrimaryButton,
  Shimmer,
} from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { Connection } from '@junction/contracts';
import { useQueries } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { isProblem } from '../../../lib/errors.ts';
import { connectionCount, formatNumber, someNames } from '../../../lib/words.ts';
import { dangerButtonStyles } from '../../../ui/danger-button.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { usageQuery } from '../api.ts';
import { usePanelNavigation } from '../panel-navigation.ts';
import { Consequences } from './consequences.tsx';
import { Dependents } from './dependents.tsx';
import { isNameTyped, NameField } from './name-field.tsx';
import { needsName, removeText, type Usage, usageInShort } from './removal-words.ts';
import { type Removed, useRemoval } from './use-removal.ts';

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0, borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
  entry: {
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
    padding: '4px 0 8px',
    display: 'flex',
    flexDirection: 'column',
    gap: 8,
  },
  head: { height: 'auto', minHeight: 36, marginInlineStart: -8, textAlign: 'start' },
  short: { color: theme.semanticColors.bodySubtext, fontSize: 12, paddingInlineStart: 24, marginTop: -8 },
  body: { paddingInlineStart: 24, marginTop: 8 },
}));

type Props = {
  environmentId: string;
  connections: readonly Connection[];
  /** Reads the connections again, after some were removed or changed. */
  onRefetch: () => Promise<unknown>;
};

/** Asks before several connections are removed: what depends on each, and one request each, in turn. */
export const RemoveMany = ({ environmentId, connections, onRefetch }: Props) => {
  const styles = useStyles();
  const cancelId = useId('cancel');
  const textId = useId('consequences');
  const { close, closeToList } = usePanelNavigation(environmentId);
  const { remove, tell } = useRemoval(environmentId);
  const queries = useQueries({ queries: connections.map(({ id }) => usageQuery(environmentId, id)) });
  const isUnderWay = useRef(false);
  const [doneCount, setDoneCount] = useState<number>();
  const [failures, setFailures] = useState<ReadonlyMap<string, Error>>(new Map());
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});

  const isBusy = doneCount !== undefined;
  const usages = queries.map(({ data }) => data).filter((usage) => usage !== undefined);
  const unreadable = queries.find(({ data, error }) => data === undefined && error !== null)?.error;
  const isKnown = usages.length === connections.length;
  const plans = connections.flatMap((connection, index) => {
    const usage = queries[index]?.data;
    return usage === undefined ? [] : [{ connection, usage, asksName: needsName(usage.counts) }];
  });
  const isConfirmed =
    isKnown &&
    plans.every(({ connection, asksName }) => !asksName || isNameTyped(connection.name, typed[connection.id] ?? ''));

  const onConfirm = async () => {
    if (isUnderWay.current || !isConfirmed) return;
    isUnderWay.current = true;
    setFailures(new Map());
    const removed: Removed[] = [];
    const failed = new Map<string, Error>();
    // One after the other: what the first removal changes may be what the next depends on.
    for (const [index, { connection, usage, asksName }] of plans.entries()) {
      setDoneCount(index);
      try {
        const confirmName = asksName ? connection.name : undefined;
        removed.push({ connection, removal: await remove(connection, { usage: usage.etag, confirmName }) });
      } catch (error) {
        if (isProblem(error, 'notFound')) continue;
        failed.set(connection.id, error instanceof Error ? error : new Error(String(error)));
      }
    }
    isUnderWay.current = false;
    if (failed.size === 0) await closeToList();
    await tell(removed);
    if (failed.size === 0) return;
    await onRefetch();
    setFailures(failed);
    setDoneCount(undefined);
  };

  return (
    <DialogFrame
      title={
        connections.length === 1 ? `Remove ${connections[0]?.name}?` : `Remove ${connectionCount(connections.length)}?`
      }
      size="wide"
      textId={textId}
      firstFocus={`#${cancelId}`}
      isBusy={isBusy}
      onDismiss={close}
      footer={
        <>
          <PrimaryButton
            text={
              isBusy
                ? `Removing ${formatNumber(doneCount + 1)} of ${formatNumber(connections.length)} …`
                : removeText(plans.map(({ usage }) => usage))
            }
            styles={dangerButtonStyles}
            disabled={isBusy || !isConfirmed}
            onClick={() => void onConfirm()}
          />
          <DefaultButton id={cancelId} text="Cancel" disabled={isBusy} onClick={() => void close()} />
        </>
      }
    >
      {failures.size > 0 && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
          Not removed: {someNames(connections.filter(({ id }) => failures.has(id)).map(({ name }) => name))}. Each says
          why below.
        </MessageBar>
      )}
      {isKnown && <Consequences id={textId} usages={usages} />}
      {unreadable !== undefined && (
        <ErrorState
          title="What depends on them could not be read"
          error={unreadable}
          onRetry={() => void Promise.all(queries.map(({ refetch }) => refetch()))}
        />
      )}
      <ul className={styles.list} aria-label="Connections to remove">
        {connections.map((connection, index) => (
          <li key={connection.id} className={styles.entry}>
            <Entry connection={connection} usage={queries[index]?.data} />
            {failures.has(connection.id) && (
              <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
                {failures.get(connection.id)?.message}
              </MessageBar>
            )}
            {plans.some((plan) => plan.connection.id === connection.id && plan.asksName) && (
              <div className={styles.body}>
                <NameField
                  name={connection.name}
                  typed={typed[connection.id] ?? ''}
                  isDisabled={isBusy}
                  onType={(text) => setTyped((before) => ({ ...before, [connection.id]: text }))}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </DialogFrame>
  );
};

/** One of the connections, with what depends on it behind a click. */
const Entry = ({ connection, usage }: { connection: Connection; usage: Usage | undefined }) => {
  const styles = useStyles();
  const bodyId = useId('dependents');
  const [isOpen, setIsOpen] = useState(false);
  const { environmentId, id, name } = connection;
  return (
    <div>
      <ActionButton
        className={styles.head}
        iconProps={{ iconName: isOpen ? 'ChevronDown' : 'ChevronRight' }}
        text={name}
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setIsOpen(!isOpen)}
      />
      <div className={styles.short}>{usage === undefined ? <Shimmer width="60%" /> : usageInShort(usage)}</div>
      <div id={bodyId} className={styles.body}>
        {isOpen && usage !== undefined && (
          <Dependents environmentId={environmentId} connectionId={id} name={name} counts={usage.counts} />
        )}
      </div>
    </div>
  );
};
