import { makeStyles } from '@fluentui/react';
import { useQuery } from '@tanstack/react-query';
import { useLiveRuns } from '../../lib/live-runs.ts';
import { useEnvironment } from '../../lib/session.ts';
import { statusQuery } from '../../lib/status.ts';
import { CommandBar, SearchField } from '../../ui/command-bar.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { GroupTiles } from './group-tiles.tsx';
import { LoadingStatus } from './loading-status.tsx';
import { OldStatus } from './old-status.tsx';
import { StandingCard } from './standing-card.tsx';
import { StatusGroups } from './status-groups.tsx';
import { readStatusView, viewDefaults } from './status-view.ts';

const useStyles = makeStyles((theme) => ({
  groups: {
    background: theme.semanticColors.bodyBackground,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    minWidth: 0,
    overflow: 'clip' as 'hidden',
  },
}));

/** Where everybody sees what needs somebody, what runs, what failed since yesterday and what comes next, and is led to what to do. */
export const StatusPage = () => {
  const environment = useEnvironment();
  useLiveRuns(environment.id);
  return (
    <>
      <PageHeader
        title="Status"
        purpose="What needs somebody, what runs, what failed since yesterday, and what comes next."
      />
      <Content />
    </>
  );
};

const Content = () => {
  const styles = useStyles();
  const environment = useEnvironment();
  const [state, setState] = useUrlState(viewDefaults);
  const view = readStatusView(state);
  const { data, error, errorUpdatedAt, refetch } = useQuery(statusQuery(environment.id));
  const read = () => void refetch();
  if (data === undefined)
    return error === null ? (
      <LoadingStatus />
    ) : (
      <ErrorState title="The status could not be loaded" error={error} onRetry={read} />
    );
  return (
    <>
      {/* News of runs take the error away, but not what it was about. */}
      {errorUpdatedAt > data.readAt && <OldStatus error={error} readAt={data.readAt} onRetry={read} />}
      <StandingCard environment={environment} status={data} />
      <GroupTiles status={data} chosen={view.group} onChoose={(group) => setState({ group: group ?? '' })} />
      <div className={styles.groups}>
        <CommandBar
          label="Status"
          actions={[{ key: 'refresh', text: 'Refresh', iconProps: { iconName: 'Refresh' }, onClick: read }]}
        >
          <SearchField label="Search by name" value={view.search} onSearch={(search) => setState({ search })} />
        </CommandBar>
        <StatusGroups environment={environment} status={data} view={view} onChange={setState} />
      </div>
    </>
  );
};
