import { DefaultButton, MessageBar, MessageBarType } from '@fluentui/react';
import type { Export, Role } from '@junction/contracts';
import { formatNumber } from '../../../lib/words.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { may } from '../rights.ts';
import { useExportCommands } from '../use-export-commands.ts';

/** Says that the schedule does nothing after too many failures, and turns it on again for whoever may. */
export const AutoPaused = ({ role, of }: { role: Role; of: Export }) => {
  const { resume } = useExportCommands();
  if (of.autoPaused === null) return null;
  const { at, failures } = of.autoPaused;
  return (
    <MessageBar
      messageBarType={MessageBarType.warning}
      isMultiline
      delayedRender={false}
      actions={
        may(role, of, 'schedule') ? (
          <div>
            <DefaultButton text="Resume" onClick={() => void resume(of)} />
          </div>
        ) : undefined
      }
    >
      Its schedule was paused <RelativeTime at={at} />, after {formatNumber(failures)} failures in a row that do not
      pass by themselves. A run that succeeds resumes it, too.
    </MessageBar>
  );
};
