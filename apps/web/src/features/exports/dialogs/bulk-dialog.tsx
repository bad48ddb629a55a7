import { PrimaryButton } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { BulkResult, ExportDeed, ExportRow } from '@junction/contracts';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useEnvironment } from '../../../lib/session.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useExportPanels } from '../panel-navigation.ts';
import { allowedFor, leftOutWords, refusalWords } from '../rights.ts';
import { RefusedDialog } from './refused-dialog.tsx';
import { useChosenExports } from './use-chosen-exports.ts';

type Props = {
  deed: ExportDeed;
  /** Sends the request about these exports. */
  send: (exportIds: string[]) => Promise<BulkResult>;
  /** A question that names verb and thing. */
  titleOf: (rows: readonly ExportRow[]) => string;
  consequencesOf: (rows: readonly ExportRow[]) => readonly ReactNode[];
  confirmTextOf: (rows: readonly ExportRow[]) => string;
  /** What happened, once it has. */
  doneWords: (rows: readonly ExportRow[]) => string;
  /** The title over what was refused. */
  refusedTitle: string;
  isDangerous?: boolean;
  /** The exports are gone afterwards, and so are the panes about them. */
  isGone?: boolean;
};

/** Asks before something is done with the exports that the address names, and says what became of each that was refused. */
export const BulkDialog = (props: Props) => {
  const { deed, send, isGone = false } = props;
  const { id: environmentId, role } = useEnvironment();
  const { close, closeToList } = useExportPanels(environmentId);
  const toasts = useToasts();
  const chosen = useChosenExports(environmentId);
  const textId = useId('nothing-to-do');
  const isUnderWay = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [refused, setRefused] = useState<BulkResult>();
  if (chosen.isPending) return null;

  const rows = allowedFor(role, chosen.rows, deed);
  const leftOut = leftOutWords(role, chosen.rows, deed);
  const closeDone = () => void (isGone ? closeToList() : close());

  const confirm = async () => {
    // A second click may come before the button is disabled, or before the dialog is gone.
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsBusy(true);
    setFailure(undefined);
    try {
      const result = await send(rows.map(({ id }) => id));
      if (result.refused.length > 0) return setRefused(result);
      toasts.success(props.doneWords(rows));
      closeDone();
    } catch (error) {
      setFailure(error);
      isUnderWay.current = false;
      setIsBusy(false);
    }
  };

  if (refused) return <RefusedDialog title={props.refusedTitle} result={refused} onClose={closeDone} />;
  if (rows.length === 0 && chosen.error !== null)
    return (
      <ConfirmDialog
        title="This could not be loaded"
        confirmText="Retry"
        isDangerous={false}
        error={chosen.error}
        onConfirm={() => void chosen.refetch()}
        onCancel={() => void close()}
      />
    );
  if (rows.length === 0)
    return (
      <DialogFrame
        title="Nothing to do"
        textId={textId}
        footer={<PrimaryButton text="Close" onClick={() => void close()} />}
        onDismiss={() => void close()}
      >
        <div id={textId}>
          {chosen.rows.length === 0
            ? 'It was removed already, or it was never here.'
            : refusalWords(role, chosen.rows, deed)}
        </div>
      </DialogFrame>
    );
  return (
    <ConfirmDialog
      title={props.titleOf(rows)}
      text={leftOut && `${leftOut}.`}
      consequences={props.consequencesOf(rows)}
      confirmText={props.confirmTextOf(rows)}
      isDangerous={props.isDangerous}
      isBusy={isBusy}
      error={failure ?? chosen.error}
      onConfirm={() => void confirm()}
      onCancel={() => void close()}
    />
  );
};
