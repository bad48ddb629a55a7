import { DefaultButton, MessageBar, MessageBarType } from '@fluentui/react';
import { dayAndTime } from '../../ui/dates.ts';
import { useViewer } from '../../ui/viewer.tsx';

type Props = { error: Error | null; readAt: number; onRetry: () => void };

/** Says that what is shown is as it was some time ago, because it could not be read since. */
export const OldStatus = ({ error, readAt, onRetry }: Props) => {
  const viewer = useViewer();
  return (
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
      This is how it stood on {dayAndTime(new Date(readAt).toISOString(), viewer)}. It could not be read since.{' '}
      {error?.message}
    </MessageBar>
  );
};
