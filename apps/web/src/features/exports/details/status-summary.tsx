import { DefaultButton, MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import type { Environment, Export } from '@junction/contracts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useViewer } from '../../../ui/viewer.tsx';
import { activationWords, inactiveSentence } from '../inactive-words.ts';
import { may } from '../rights.ts';

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
