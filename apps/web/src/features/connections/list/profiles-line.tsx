import { makeStyles } from '@fluentui/react';
import type { Connection } from '@junction/contracts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { standingWords } from '../profiles/profile-words.ts';

const useStyles = makeStyles((theme) => ({
  line: {
    color: theme.semanticColors.bodySubtext,
    fontSize: 12,
    lineHeight: 16,
    // As wide as the icon above, so that the words stand below each other.
    '& i': { fontSize: 12, width: 16, marginTop: 2, textAlign: 'center' },
    '& > span': { alignItems: 'flex-start', whiteSpace: 'normal' },
  },
}));

/** How the profile data of a connection stands, in a quiet line below how the connection is; nothing without profile data. */
export const ProfilesLine = ({ profiles }: Pick<Connection, 'profiles'>) => {
  const styles = useStyles();
  if (profiles === null) return null;
  const { status, dataAsOf, problem } = profiles;
  return (
    <span className={styles.line} title={problem ?? undefined}>
      <StatusBadge status={status}>
        <span>
          {status === 'active' && dataAsOf !== null ? (
            <>
              Profiles as of <RelativeTime at={dataAsOf} />
            </>
          ) : (
            standingWords[status]
          )}
        </span>
      </StatusBadge>
    </span>
  );
};
