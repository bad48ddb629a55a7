import { MessageBar, MessageBarType } from '@fluentui/react';
import type { ProfileReport } from '@junction/contracts';
import { dayAndTime, dayOf } from '../../ui/dates.ts';
import { useViewer } from '../../ui/viewer.tsx';

/** Says that this is the last good report, and why there is no newer one. */
export const LastImportFailed = ({
  failed: { at, problem },
  report,
}: {
  failed: NonNullable<ProfileReport['failedSince']>;
  report: ProfileReport;
}) => {
  const viewer = useViewer();
  return (
    <MessageBar
      messageBarType={MessageBarType.warning}
      isMultiline
      delayedRender={false}
      styles={{ root: { marginBottom: 16 } }}
    >
      The last import failed on {dayAndTime(at, viewer)}: {problem.message} {problem.remedy} This is the last good
      report, of {dayOf(report.importedAt, viewer)}.
    </MessageBar>
  );
};
