import { DefaultButton, MessageBar, MessageBarType, PrimaryButton } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import * as contract from '@junction/contracts';
import { useState } from 'react';
import { call } from '../../../lib/call.ts';
import { isProblem } from '../../../lib/errors.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { useDraftsChanged } from './drafts.ts';
import type { Draft } from './use-draft.ts';

type Props = {
  environmentId: string;
  draft: Draft;
  /** Leaves the wizard. */
  onLeave: () => void;
  onStay: () => void;
};

/** Asks what becomes of the draft of somebody who does not go on. */
export const CancelDialog = ({ environmentId, draft, onLeave, onStay }: Props) => {
  const textId = useId('cancel');
  const keepId = useId('keep');
  const draftsChanged = useDraftsChanged(environmentId);
  const [busy, setBusy] = useState<'keep' | 'discard'>();
  const [error, setError] = useState<string>();

  const keep = async () => {
    setBusy('keep');
    await draft.save();
    setBusy(undefined);
    if (draft.hasUnsaved()) setError('The draft could not be saved. Try again, or discard it.');
    else onLeave();
  };
  const discard = async () => {
    setBusy('discard');
    await draft.end();
    const draftId = draft.idNow();
    try {
      if (draftId !== undefined) await call(contract.deleteConnectionDraft, { params: { environmentId, draftId } });
    } catch (thrown) {
      if (!isProblem(thrown, 'notFound')) {
        draft.resume();
        setBusy(undefined);
        setError(thrown instanceof Error ? thrown.message : String(thrown));
        return;
      }
    }
    await draftsChanged();
    onLeave();
  };

  return (
    <DialogFrame
      title="Keep what you filled in?"
      textId={textId}
      firstFocus={`#${keepId}`}
      isBusy={busy !== undefined}
      onDismiss={onStay}
      footer={
        <>
          <PrimaryButton
            id={keepId}
            text={busy === 'keep' ? 'Saving …' : 'Keep the draft'}
            disabled={busy !== undefined}
            onClick={() => void keep()}
          />
          <DefaultButton
            text={busy === 'discard' ? 'Discarding …' : 'Discard it'}
            disabled={busy !== undefined}
            onClick={() => void discard()}
          />
          <DefaultButton text="Go on with it" disabled={busy !== undefined} onClick={onStay} />
        </>
      }
    >
      <div id={textId}>
        A draft is kept for {contract.connectionDraftDays} days, and only you see it. You find it on the Connections
        page. Secrets are never part of it.
      </div>
      {error !== undefined && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
          {error}
        </MessageBar>
      )}
    </DialogFrame>
  );
};
