import { DefaultButton, MessageBar, MessageBarType, makeStyles, Shimmer } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keyOf } from '../../../lib/queries.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { formatNumber } from '../../../lib/words.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import { catalogQuery } from '../api.ts';
import { UnreadableEntities } from './unreadable-entities.tsx';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px' },
  quiet: { color: theme.semanticColors.bodySubtext },
  paragraph: { margin: 0, '& + &': { marginTop: 8 } },
  list: { margin: 0, paddingInlineStart: 20, lineHeight: '20px', overflowWrap: 'anywhere' },
  reason: { color: theme.semanticColors.errorText },
}));

/** "1 entity", "1,200 entities". */
const entityCount = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'entity' : 'entities'}`;

/** What was read of the metadata of a connection that entities are read from, and reading it again. */
export const CatalogSection = ({ connection }: { connection: contract.Connection }) => {
  const { environmentId, id: connectionId } = connection;
  const styles = useStyles();
  const client = useQueryClient();
  const query = catalogQuery(environmentId, connectionId);
  const { data: catalog, error, refetch } = useQuery(query);
  const refresh = useSubmit(contract.refreshCatalog, {
    onSuccess: async (fresh) => {
      client.setQueryData(query.queryKey, fresh);
      await Promise.all([
        client.invalidateQueries({ queryKey: keyOf(contract.listEntities, { environmentId }) }),
        client.invalidateQueries({ queryKey: keyOf(contract.listActivity, { environmentId }) }),
      ]);
    },
  });
  const refreshNow = () => {
    if (!refresh.isPending) refresh.mutate({ params: { environmentId, connectionId } });
  };
  return (
    <Section title="Entities">
      <div className={styles.root}>
        {catalog === undefined ? (
          error === null ? (
            <Shimmer />
          ) : (
            <ErrorState title="The entities could not be loaded" error={error} onRetry={() => void refetch()} />
          )
        ) : (
          <Catalog connection={connection} catalog={catalog} />
        )}
        {refresh.error !== null && (
          <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
            {refresh.error.message}
          </MessageBar>
        )}
        <div className={styles.line}>
          <DefaultButton
            text={refresh.isPending ? 'Reading …' : 'Refresh'}
            ariaLabel={refresh.isPending ? undefined : 'Refresh the entities'}
            iconProps={{ iconName: 'Refresh' }}
            disabled={refresh.isPending}
            allowDisabledFocus
            onClick={refreshNow}
          />
          <span role="status" className={styles.quiet}>
            {refresh.isPending && 'Reading the metadata of every entity.'}
            {refresh.isSuccess && !refresh.isPending && `Read: ${entityCount(refresh.data.entities)}.`}
          </span>
        </div>
      </div>
    </Section>
  );
};

const Catalog = ({ connection, catalog }: { connection: contract.Connection; catalog: contract.Catalog }) => {
  const styles = useStyles();
  const { readAt, entities, unreadableEntities, models, problem } = catalog;
  return (
    <>
      <div className={styles.line}>
        {readAt === null ? (
          <span>Not read yet.</span>
        ) : (
          <>
            <span>{entities === 0 ? 'No entity was found there.' : `${entityCount(entities)} can be exported.`}</span>
            <span className={styles.quiet}>
              Read <RelativeTime at={readAt} />
            </span>
          </>
        )}
      </div>
      {problem !== null && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          <p className={styles.paragraph}>{problem.message}</p>
          {problem.remedy !== undefined && <p className={styles.paragraph}>{problem.remedy}</p>}
          {readAt !== null && <p className={styles.paragraph}>What is shown here was read before that.</p>}
        </MessageBar>
      )}
      {models.length > 0 && (
        <ul className={styles.list} aria-label="Models">
          {models.map(({ path, entities: count, problem: why }) => (
            <li key={path}>
              {path} <span className={styles.quiet}>· {entityCount(count)}</span>
              {why !== null && (
                <div className={styles.reason}>
                  {why.message} {why.remedy}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {unreadableEntities > 0 && <UnreadableEntities connection={connection} count={unreadableEntities} />}
    </>
  );
};
