import { DefaultButton, Icon, makeStyles } from '@fluentui/react';
import type { Environment } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useCan } from '../../lib/session.ts';
import { dayAndTime, exactTime } from '../../ui/dates.ts';
import { useToasts } from '../../ui/toasts.tsx';
import { useViewer } from '../../ui/viewer.tsx';
import { changesQuery } from './api.ts';
import { usePauseRuns } from './use-pause-runs.ts';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    padding: '8px 16px',
    borderRadius: 4,
    border: `1px solid ${theme.semanticColors.severeWarningIcon}`,
    background: theme.semanticColors.warningBackground,
    color: theme.semanticColors.messageText,
    lineHeight: '20px',
  },
  words: {
    flex: '1 1 280px',
    minWidth: 0,
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    gap: '0 12px',
  },
  // As high as the button beside it while there is one line.
  icon: { fontSize: 20, lineHeight: '20px', marginTop: 6 },
  text: { margin: '6px 0' },
  since: { fontWeight: 600 },
}));

/** Says that nothing runs in the environment, since when and by whom, as far as one may know; admins can resume it here. */
export const PausedBar = ({ environment }: { environment: Environment & { pausedAt: string } }) => {
  const { id, name, owner, pausedAt } = environment;
  const styles = useStyles();
  const viewer = useViewer();
  const can = useCan();
  const toasts = useToasts();
  const { setPaused, isPending } = usePauseRuns(environment);
  const changes = useQuery({ ...changesQuery(id), enabled: can('activity:list', id) }).data;
  const by = changes?.value.find(({ after }) => after?.isPaused === true)?.by;
  const mayResume = can('environment:update', id);
  return (
    <section className={styles.root} aria-label="All runs are paused">
      <div className={styles.words}>
        <Icon iconName="Pause" className={styles.icon} />
        <p className={styles.text}>
          <span className={styles.since}>
            Paused since{' '}
            <time dateTime={pausedAt} title={exactTime(pausedAt, viewer)}>
              {dayAndTime(pausedAt, viewer)}
            </time>
            {by && `, by ${by.name}`}.
          </span>{' '}
          No export of {name} runs, neither on demand nor by schedule, until{' '}
          {mayResume ? 'somebody resumes it.' : `an admin resumes it. The owner is ${owner.name}.`}
        </p>
      </div>
      {mayResume && (
        <DefaultButton
          text={isPending ? 'Resuming …' : 'Resume'}
          disabled={isPending}
          onClick={() => setPaused(false, { onError: (error) => toasts.error(error.message) })}
        />
      )}
    </section>
  );
};

/** Whether nothing runs in an environment. */
export const isPaused = (environment: Environment): environment is Environment & { pausedAt: string } =>
  environment.pausedAt !== null;
