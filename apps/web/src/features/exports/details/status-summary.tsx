import { DefaultButton, MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { type Environment, type Export, isRunLive, type Run } from '@junction/contracts';
import { paths } from '../../../lib/paths.ts';
import { PanelLink } from '../../../ui/panel-link.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { RunProgressBar } from '../../../ui/run-progress.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useViewer } from '../../../ui/viewer.tsx';
import { activationWords, inactiveSentence } from '../inactive-words.ts';
import { may } from '../rights.ts';
import { AutoPaused } from './auto-paused.tsx';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 16px' },
  badge: { display: 'flex', fontWeight: 600 },
  times: { color: theme.semanticColors.bodySubtext },
}));

type Props = { environment: Environment; of: Export; onConnect: () => void };

/** How the export is; where it is inactive why, and what makes it active again or whom to ask. */
export const StatusSummary = ({ environment, of, onConnect }: Props) => {
  const styles = useStyles();
  const viewer = useViewer();
  const now = useNow();
  const { role, owner } = environment;
  const reason = of.status === 'inactive' && of.inactive ? inactiveSentence(of.inactive, now, viewer) : undefined;
  const isConnecting = reason !== undefined && of.connection === null && may(role, of, 'connect');
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <span className={styles.badge}>
          <StatusBadge status={of.status} />
        </span>
        <span className={styles.times}>
          Refreshed: <RelativeTime at={of.refreshedAt} none="never" />
          {of.lastRunAt !== null && of.lastRunAt !== of.refreshedAt && (
            <>
              {' · '}Last run: <RelativeTime at={of.lastRunAt} />
            </>
          )}
        </span>
      </div>
      {of.run !== null && reason === undefined && <LastRun run={of.run} exportId={of.id} />}
      <AutoPaused role={role} of={of} />
      {reason !== undefined && (
        <MessageBar
          messageBarType={MessageBarType.warning}
          isMultiline
          delayedRender={false}
          actions={
            isConnecting ? (
              <div>
                <DefaultButton text="Connect to…" onClick={onConnect} />
              </div>
            ) : undefined
          }
        >
          <span>
            {reason.before}
            {reason.name !== '' && <em>{reason.name}</em>}
            {reason.after} {activationWords(role, of, owner.name)}
          </span>
        </MessageBar>
      )}
    </div>
  );
};

/** How far the run is that is under way, or what is to be done about one that failed or was skipped. */
const LastRun = ({ run, exportId }: { run: Run; exportId: string }) => {
  const link = <PanelLink path={paths.run(run.environmentId, exportId, run.id)}>Show the run</PanelLink>;
  if (isRunLive(run.state))
    return (
      <div>
        <RunProgressBar run={run} />
        {link}
      </div>
    );
  if (run.problem === null || (run.state !== 'failed' && run.state !== 'skipped')) return null;
  return (
    <MessageBar
      messageBarType={run.state === 'failed' ? MessageBarType.error : MessageBarType.warning}
      isMultiline
      delayedRender={false}
    >
      {run.problem.message} {run.problem.remedy} {link}
    </MessageBar>
  );
};
