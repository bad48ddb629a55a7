import {
  DefaultButton,
  Link as FluentLink,
  MessageBar,
  MessageBarType,
  makeStyles,
  ProgressIndicator,
  Shimmer,
} from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { profileReportsQuery } from '../../../lib/profile-reports.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { importChanged, isUnderWay, profileImportQuery } from './api.ts';
import { ImportHistory } from './import-history.tsx';
import { everyWords, importProgressWords, isLive, profileCount, shareRead } from './profile-words.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 16px' },
  badge: { display: 'flex', fontWeight: 600 },
  quiet: { color: theme.semanticColors.bodySubtext },
  paragraph: { margin: 0, '& + &': { marginTop: 8 } },
  text: { margin: 0, lineHeight: '20px' },
  words: {
    display: 'block',
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
    fontVariantNumeric: 'tabular-nums',
  },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8 },
}));

type Props = { connection: Pick<contract.Connection, 'id' | 'environmentId' | 'name'> };

/** How the customer profiles of a connection are imported: the status, what is to be done, and the imports before. */
export const ProfileDataSection = ({ connection }: Props) => {
  const styles = useStyles();
  const { environmentId, id: connectionId } = connection;
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(profileImportQuery(environmentId, connectionId));

  // What an import has changed is read again when it ends, and its line in the history when it begins.
  const stage = data === undefined ? undefined : `${data.last?.id} ${data.last?.state} ${data.report?.importedAt}`;
  const seen = useRef(stage);
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== stage) void importChanged(client, environmentId, connectionId);
    seen.current = stage;
  }, [stage, client, environmentId, connectionId]);

  return (
    <Section title="Profile data">
      <div className={styles.root}>
        {data !== undefined ? (
          <Standing connection={connection} standing={data} />
        ) : error === null ? (
          <Shimmer />
        ) : (
          <ErrorState title="The profile data could not be loaded" error={error} onRetry={() => void refetch()} />
        )}
        <ImportHistory environmentId={environmentId} connectionId={connectionId} />
      </div>
    </Section>
  );
};

const Standing = ({ connection, standing }: Props & { standing: contract.ProfileImport }) => {
  const styles = useStyles();
  const now = useNow();
  const { status, report, last, nextAt, everyHours, unchangedAt, mapping } = standing;
  return (
    <>
      <div className={styles.head}>
        <span className={styles.badge}>
          <StatusBadge status={status} />
        </span>
        {report !== null && (
          <span className={styles.quiet}>
            {report.dataAsOf === null ? 'Imported ' : 'Data as of '}
            <RelativeTime at={report.dataAsOf ?? report.importedAt} />
            {' · '}
            {profileCount(report.profiles)}
          </span>
        )}
      </div>
      {isLive(last) && last !== null && <Progress name={connection.name} run={last} />}
      {(status === 'actionRequired' || status === 'failing') && last?.problem && (
        <MessageBar
          messageBarType={status === 'actionRequired' ? MessageBarType.error : MessageBarType.severeWarning}
          isMultiline
          delayedRender={false}
        >
          <p className={styles.paragraph}>{last.problem.message}</p>
          {last.problem.remedy !== undefined && <p className={styles.paragraph}>{last.problem.remedy}</p>}
          {report !== null && (
            <p className={styles.paragraph}>
              The last good report, imported <RelativeTime at={report.importedAt} />, is kept.
            </p>
          )}
        </MessageBar>
      )}
      {Object.keys(mapping).length === 0 && (
        <MessageBar messageBarType={MessageBarType.info} isMultiline delayedRender={false}>
          No column is chosen yet, so a report can say only how many customers there are. Choose them under Columns and
          schedule.
        </MessageBar>
      )}
      {!isUnderWay(standing) && (
        <p className={styles.text}>
          {nextAt === null ? (
            'Nothing is imported while the environment is paused.'
          ) : (
            <>
              Looks for new data {everyWords(everyHours)}, next{' '}
              {Date.parse(nextAt) > now.getTime() ? <RelativeTime at={nextAt} /> : 'in a moment'}.
            </>
          )}{' '}
          {unchangedAt !== null && (
            <span className={styles.quiet}>
              Nothing had changed <RelativeTime at={unchangedAt} />.
            </span>
          )}
        </p>
      )}
      <Commands connection={connection} standing={standing} />
    </>
  );
};

const Progress = ({ name, run }: { name: string; run: contract.ProfileImportRun }) => {
  const styles = useStyles();
  const words = importProgressWords(run, useNow('seconds'));
  return (
    <div>
      <ProgressIndicator
        ariaLabel={`Progress of the import from ${name}`}
        ariaValueText={words}
        barHeight={4}
        percentComplete={run.retryAt === null ? shareRead(run) : 0}
        styles={{ itemProgress: { padding: '4px 0' } }}
      />
      <span className={styles.words}>{words}</span>
      {run.retryAt !== null && run.problem !== null && <span className={styles.words}>{run.problem.message}</span>}
    </div>
  );
};

const Commands = ({ connection, standing }: Props & { standing: contract.ProfileImport }) => {
  const styles = useStyles();
  const { environmentId, id: connectionId, name } = connection;
  const client = useQueryClient();
  const { open } = usePanels(paths.connection(environmentId, connectionId));
  const { data: reports } = useQuery(profileReportsQuery(environmentId));
  const onSuccess = async (fresh: contract.ProfileImport) => {
    client.setQueryData(profileImportQuery(environmentId, connectionId).queryKey, fresh);
    await importChanged(client, environmentId, connectionId);
  };
  const start = useSubmit(contract.startProfileImport, { onSuccess });
  const cancel = useSubmit(contract.cancelProfileImport, { onSuccess });
  const params = { environmentId, connectionId };
  const isBusy = start.isPending || cancel.isPending;
  const error = start.error ?? cancel.error;
  const isGoing = isLive(standing.last);
  const maySee = standing.report !== null && reports?.some((report) => report.connection.id === connectionId);

  const startOrCancel = () => {
    if (isBusy) return;
    start.reset();
    cancel.reset();
    (isGoing ? cancel : start).mutate({ params });
  };
  return (
    <>
      {error !== null && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
          {error.message}
        </MessageBar>
      )}
      <div className={styles.buttons}>
        {/* One button, so that the focus stays where it is when an import begins. */}
        <DefaultButton
          text={isGoing ? 'Cancel import' : 'Import now'}
          iconProps={{ iconName: isGoing ? 'Cancel' : 'Refresh' }}
          disabled={isBusy || (isGoing && standing.last?.phase === 'publish')}
          allowDisabledFocus
          onClick={startOrCancel}
        />
        <DefaultButton
          text="Columns and schedule"
          iconProps={{ iconName: 'Settings' }}
          onClick={() => void open(paths.profileImport(environmentId, connectionId))}
        />
        {maySee && (
          <FluentLink
            as={Link}
            to={paths.profileReport(environmentId, connectionId)}
            aria-label={`Open the report of ${name}`}
          >
            Open the report
          </FluentLink>
        )}
      </div>
    </>
  );
};
