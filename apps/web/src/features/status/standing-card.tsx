import { Link as FluentLink, makeStyles } from '@fluentui/react';
import type { Environment, Status } from '@junction/contracts';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useCan } from '../../lib/session.ts';
import { type Standing, standingsOf } from '../../lib/status-words.ts';
import { formatNumber } from '../../lib/words.ts';
import { dayAndTime, exactTime } from '../../ui/dates.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StandingIcon } from '../../ui/standing-icon.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { useViewer } from '../../ui/viewer.tsx';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '16px 32px',
    justifyContent: 'space-between',
    padding: '16px 20px',
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
    '@media (max-width: 639px)': { padding: '16px 12px' },
  },
  standings: { flex: '1 1 320px', display: 'flex', flexDirection: 'column', gap: 12, minWidth: 0 },
  standing: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', gap: 10, alignItems: 'start' },
  words: { fontSize: 16, lineHeight: '20px', fontWeight: 600, margin: 0 },
  detail: { margin: '2px 0 0', lineHeight: '20px', color: theme.semanticColors.bodySubtext },
  day: { flex: '0 1 auto' },
  term: { fontSize: 12, lineHeight: '16px', color: theme.semanticColors.bodySubtext, margin: '0 0 6px' },
  counts: { display: 'flex', flexWrap: 'wrap', gap: '6px 20px', margin: 0, padding: 0, listStyle: 'none' },
  count: { display: 'flex', gap: 6, alignItems: 'center', fontVariantNumeric: 'tabular-nums' },
  number: { fontWeight: 600 },
}));

const ends = ['successful', 'failed', 'skipped', 'canceled'] as const;

/** How the environment stands, what weighs most first, and how the runs of the last day ended. */
export const StandingCard = ({ environment, status }: { environment: Environment; status: Status }) => {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <div className={styles.standings} role="status" aria-label="How it stands">
        {standingsOf(status).map((standing) => (
          <OneStanding key={standing.is} standing={standing} environmentId={environment.id} />
        ))}
      </div>
      <div className={styles.day}>
        <p className={styles.term} id="last-day">
          Runs since this time yesterday
        </p>
        <ul className={styles.counts} aria-labelledby="last-day">
          {ends.map((end) => (
            <li key={end} className={styles.count}>
              <span className={styles.number}>{formatNumber(status.lastDay[end])}</span>
              <StatusBadge status={end} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
};

const OneStanding = ({ standing, environmentId }: { standing: Standing; environmentId: string }) => {
  const styles = useStyles();
  const viewer = useViewer();
  const { is, words, detail, since } = standing;
  return (
    <div className={styles.standing}>
      <StandingIcon is={is} />
      <div>
        <p className={styles.words}>
          {words}
          {since !== undefined && (
            <>
              {' '}
              <time dateTime={since} title={exactTime(since, viewer)}>
                {dayAndTime(since, viewer)}
              </time>{' '}
              (<RelativeTime at={since} />)
            </>
          )}
        </p>
        {detail !== undefined && <p className={styles.detail}>{detail}</p>}
        {since !== undefined && <PauseDetail environmentId={environmentId} />}
      </div>
    </div>
  );
};

/** What a pause means, and who ends it. */
const PauseDetail = ({ environmentId }: { environmentId: string }) => {
  const styles = useStyles();
  const mayResume = useCan()('environment:update', environmentId);
  return (
    <p className={styles.detail}>
      Nothing starts; what is under way ends.{' '}
      {mayResume ? (
        <FluentLink as={Link} underline to={paths.settings(environmentId)}>
          Resume it in the settings
        </FluentLink>
      ) : (
        'Admins can resume it.'
      )}
    </p>
  );
};
