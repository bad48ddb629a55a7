import { DefaultButton, MessageBar, MessageBarType } from '@fluentui/react';

/** Says that a report is shown as it was read before, because it could not be read again. */
export const OldReport = ({ error, onRetry }: { error: Error; onRetry: () => void }) => (
  <MessageBar
    messageBarType={MessageBarType.warning}
    isMultiline
    delayedRender={false}
    styles={{ root: { marginBottom: 16 } }}
    actions={
      <div>
        <DefaultButton text="Retry" onClick={onRetry} />
      </div>
    }
  >
    There may be a newer report, which could not be read. {error.message}
  </MessageBar>
);
