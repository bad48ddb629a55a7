import { DefaultButton, MessageBar, MessageBarType, makeStyles, PrimaryButton, TextField } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { type ReactNode, useState } from 'react';
import { dangerButtonStyles } from './danger-button.ts';
import { DialogFrame } from './dialog-frame.tsx';

export type ConfirmDialogProps = {
  /** A question that names verb and thing: "Remove Contoso lake?" */
  title: string;
  text?: ReactNode;
  /** What will happen, one line each. */
  consequences?: readonly ReactNode[];
  /** The verb, with the count where there are several: "Remove 3 members". */
  confirmText: string;
  /** When set, the button works only after this text was typed. */
  typeToConfirm?: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  /** Why it did not work; the dialog stays open. */
  error?: unknown;
  onConfirm: () => void;
  onCancel: () => void;
};

const useStyles = makeStyles({
  list: { margin: '8px 0 0', paddingInlineStart: 20, lineHeight: '20px', '& li': { marginBottom: 4 } },
});

/** Asks before something that cannot be taken back. The focus starts on Cancel, so that Enter does no harm. */
export const ConfirmDialog = ({
  title,
  text,
  consequences = [],
  confirmText,
  typeToConfirm,
  isDangerous = true,
  isBusy = false,
  error,
  onConfirm,
  onCancel,
}: ConfirmDialogProps) => {
  const styles = useStyles();
  const cancelId = useId('confirm-cancel');
  const textId = useId('confirm-text');
  const [typed, setTyped] = useState('');
  const isTyped = typeToConfirm === undefined || typed.trim() === typeToConfirm;
  return (
    <DialogFrame
      title={title}
      textId={textId}
      firstFocus={typeToConfirm === undefined ? `#${cancelId}` : undefined}
      isBusy={isBusy}
      onDismiss={onCancel}
      footer={
        <>
          <PrimaryButton
            text={confirmText}
            styles={isDangerous ? dangerButtonStyles : undefined}
            disabled={!isTyped || isBusy}
            onClick={onConfirm}
          />
          <DefaultButton id={cancelId} text="Cancel" disabled={isBusy} onClick={onCancel} />
        </>
      }
    >
      <div id={textId}>
        {text}
        {consequences.length > 0 && (
          <ul className={styles.list}>
            {consequences.map((consequence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while the dialog is open
              <li key={index}>{consequence}</li>
            ))}
          </ul>
        )}
      </div>
      {typeToConfirm !== undefined && (
        <TextField
          label={`Type “${typeToConfirm}” to confirm`}
          value={typed}
          autoComplete="off"
          onChange={(_, value = '') => setTyped(value)}
        />
      )}
      {error instanceof Error && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {error.message}
        </MessageBar>
      )}
    </DialogFrame>
  );
};
