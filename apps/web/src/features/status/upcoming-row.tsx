import { Icon, makeStyles } from '@fluentui/react';
import type { UpcomingRun } from '@junction/contracts';
import { paths } from '../../lib/paths.ts';
import { useCan } from '../../lib/session.ts';
import { isBroken } from '../../lib/status-words.ts';
import { dayAndTime } from '../../ui/dates.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useViewer } from '../../ui/viewer.tsx';
import { StatusRow } from './status-row.tsx';

const useStyles = makeStyles((theme) => ({
  time: { fontVariantNumeric: 'tabular-nums' },
  warning: { display: 'flex', gap: 6, margin: 0 },
  icon: { color: theme.semanticColors.severeWarningIcon, fontSize: 16, height: 16, marginTop: 2, flexShrink: 0 },
}));

const warningOf = ({ name, health }: UpcomingRun['connection']): string =>
  health === 'actionRequired'
    ? `It will fail as things are: the connection ${name} needs somebody.`
    : `It may fail: the connection ${name} did not pass its last check.`;

/** A run that comes by its schedule, with a warning where its connection will let it fail. */
export const UpcomingRow = ({ environmentId, row }: { environmentId: string; row: UpcomingRun }) => {
  const styles = useStyles();
  const viewer = useViewer();
  const now = useNow();
  const { export: of, connection, at } = row;
  const isDue = Date.parse(at) <= now.getTime();
  const seesConnections = useCan()('connection:list', environmentId);
  const isThreatened = isBroken(connection);
  return (
    <StatusRow
      mark={
        <time dateTime={at} className={styles.time}>
          {dayAndTime(at, viewer)}
        </time>
      }
      name={{ text: of.name, path: paths.export(environmentId, of.id) }}
      about={`To ${connection.name}`}
      when={
        <>
          {isDue && 'Due '}
          <RelativeTime at={at} />
        </>
      }
      links={
        isThreatened && seesConnections
          ? [{ text: 'Open the connection', path: paths.connection(environmentId, connection.id) }]
          : []
      }
    >
      {isThreatened && (
        <p className={styles.warning}>
          <Icon iconName="WarningFilled" className={styles.icon} aria-hidden />
          <span>{warningOf(connection)}</span>
        </p>
      )}
    </StatusRow>
  );
};
