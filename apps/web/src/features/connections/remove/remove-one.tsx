import { DefaultButton, MessageBar, MessageBarType, makeStyles, PrimaryButton, Shimmer } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { Connection } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem, isProblem } from '../../../lib/errors.ts';
import { exportCount } from '../../../lib/words.ts';
import { dangerButtonStyles } from '../../../ui/danger-button.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { usageQuery } from '../api.ts';
import { usePanelNavigation } from '../panel-navigation.ts';
import { Consequences } from './consequences.tsx';
import { Dependents } from './dependents.tsx';
import { MoveChoice, type MoveTarget, RemovalFailure } from './move-choice.tsx';
import { isNameTyped, NameField } from './name-field.tsx';
import { needsName, removeText } from './removal-words.ts';
import { useRemoval } from './use-removal.ts';

const useStyles = makeStyles({
  loading: { display: 'flex', flexDirection: 'column', gap: 12, padding: '8px 0' },
  // Always in sight, because the button below waits for it.
  name: { flexBasis: '100%' },
});

type Props = {
  connection: Connection;
  /** Reads the connection again, after somebody else changed it. */
  onRefetch: () => Promise<unknown>;
};

/** Asks before one connection is removed: shows what depends on it, and offers to move its exports. */
export const RemoveOne = ({ connection, onRefetch }: Props) => {
  const { environmentId, id: connectionId, name } = connection;
  const styles = useStyles();
  const cancelId = useId('cancel');
  const textId = useId('consequences');
  const { close, closeToList } = usePanelNavigation(environmentId);
  const { remove, tell } = useRemoval(environmentId);
  const toasts = useToasts();
  const { data: usage, error: unreadable, refetch } = useQuery(usageQuery(environmentId, connectionId));
  const isUnderWay = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const [typed, setTyped] = useState('');
  const [isMoving, setIsMoving] = useState(false);
  const [target, setTarget] = useState<MoveTarget>();

  // The button that changed the view is gone; whoever uses the keyboard goes on at the harmless one.
  const wasMoving = useRef(false);
  useEffect(() => {
    if (wasMoving.current !== isMoving) document.getElementById(cancelId)?.focus();
    wasMoving.current = isMoving;
  }, [isMoving, cancelId]);

  const asksName = usage !== undefined && needsName(usage.counts);
  const isConfirmed = usage !== undefined && (!asksName || isNameTyped(name, typed));

  const onRemove = async (moveTo?: MoveTarget) => {
    if (isUnderWay.current || usage === undefined || !isConfirmed) return;
    isUnderWay.current = true;
    setIsBusy(true);
    setFailure(undefined);
    try {
      const removal = await remove(connection, {
        usage: usage.etag,
        moveTo: moveTo?.id,
        confirmName: asksName ? typed.trim() : undefined,
      });
      await closeToList();
      await tell([{ connection, removal }]);
    } catch (thrown) {
      if (isProblem(thrown, 'notFound')) {
        toasts.info(`${name} is gone already.`);
        await closeToList();
        return;
      }
      // What is shown next is about the version there is now.
      if (thrown instanceof ApiProblem && thrown.code === 'preconditionFailed') await onRefetch();
      setFailure(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setIsBusy(false);
    } finally {
      isUnderWay.current = false;
    }
  };
  const setView = (isNowMoving: boolean) => {
    setFailure(undefined);
    setIsMoving(isNowMoving);
  };

  const writes = usage?.counts.writes ?? 0;
  const footer = (
    <>
      {asksName && (
        <div className={styles.name}>
          <NameField name={name} typed={typed} isDisabled={isBusy} onType={setTyped} />
        </div>
      )}
      {isMoving ? (
        <PrimaryButton
          text={isBusy ? 'Verifying and moving …' : `Move ${exportCount(writes)} and remove`}
          styles={dangerButtonStyles}
          disabled={isBusy || target === undefined || !isConfirmed}
          onClick={() => void onRemove(target)}
        />
      ) : (
        <PrimaryButton
          text={isBusy ? 'Removing …' : usage === undefined ? 'Remove' : removeText([usage])}
          styles={dangerButtonStyles}
          disabled={isBusy || !isConfirmed}
          onClick={() => void onRemove()}
        />
      )}
      {!isMoving && writes > 0 && (
        <DefaultButton
          text={`Move ${exportCount(writes)} to another connection`}
          disabled={isBusy}
          onClick={() => setView(true)}
        />
      )}
      {isMoving && <DefaultButton text="Back" disabled={isBusy} onClick={() => setView(false)} />}
      <DefaultButton id={cancelId} text="Cancel" disabled={isBusy} onClick={() => void close()} />
    </>
  );

  return (
    <DialogFrame
      title={isMoving ? `Move ${exportCount(writes)} and remove ${name}?` : `Remove ${name}?`}
      size="wide"
      textId={textId}
      firstFocus={`#${cancelId}`}
      isBusy={isBusy}
      footer={footer}
      onDismiss={close}
    >
      {usage === undefined ? (
        unreadable === null ? (
          <div className={styles.loading} role="status" aria-label="Looking for what depends on it">
            <Shimmer width="80%" />
            <Shimmer />
            <Shimmer width="60%" />
          </div>
        ) : (
          <ErrorState title="What depends on it could not be read" error={unreadable} onRetry={() => void refetch()} />
        )
      ) : isMoving ? (
        <MoveChoice connection={connection} count={writes} chosen={target} onChoose={setTarget} isDisabled={isBusy} />
      ) : (
        <>
          <Consequences id={textId} usages={[usage]} />
          <Dependents environmentId={environmentId} connectionId={connectionId} name={name} counts={usage.counts} />
        </>
      )}
      {failure !== undefined && <RemovalFailure error={failure} target={isMoving ? target : undefined} />}
      {unreadable !== null && usage !== undefined && (
        <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          This may be out of date: {unreadable.message}
        </MessageBar>
      )}
    </DialogFrame>
  );
};
