import { MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import type { Connection } from '@junction/contracts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { expiryWarning } from '../credential-expiry.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 16px' },
  badge: { display: 'flex', fontWeight: 600 },
  times: { color: theme.semanticColors.bodySubtext },
  paragraph: { margin: 0, '& + &': { marginTop: 8 } },
}));

/** How the connection is, why, and what to do about it. */
export const StatusSummary = ({ connection }: { connection: Connection }) => {
  const styles = useStyles();
  const { status, statusReason, lastCheckedAt, nextCheckAt, isPaused } = connection;
  const expiry = expiryWarning(connection.credentialExpiresAt, useNow());
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <span className={styles.badge}>
          <StatusBadge status={status} />
        </span>
        <span className={styles.times}>
          Last checked: <RelativeTime at={lastCheckedAt} none="never" />
          {!isPaused && nextCheckAt !== null && (
            <>
              {' · '}Next check: <RelativeTime at={nextCheckAt} />
            </>
          )}
        </span>
      </div>
      {statusReason !== undefined && (
        <MessageBar
          messageBarType={status === 'actionRequired' ? MessageBarType.error : MessageBarType.severeWarning}
          isMultiline
          delayedRender={false}
        >
          <p className={styles.paragraph}>{statusReason.message}</p>
          {statusReason.remedy !== undefined && <p className={styles.paragraph}>{statusReason.remedy}</p>}
        </MessageBar>
      )}
      {isPaused && (
        <MessageBar messageBarType={MessageBarType.info} isMultiline delayedRender={false}>
          Scheduled checks are paused, so this connection may be in another state than its last check says.
        </MessageBar>
      )}
      {expiry !== undefined && (
        <MessageBar
          messageBarType={expiry.hasExpired ? MessageBarType.error : MessageBarType.warning}
          isMultiline
          delayedRender={false}
        >
          {expiry.sentence} Make a new one at the service and replace it here under Edit.
        </MessageBar>
      )}
    </div>
  );
};
