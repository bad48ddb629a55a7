import { CommandBar, DefaultButton, type ICommandBarItemProps, Spinner } from '@fluentui/react';
import { manifestOf } from '@junction/connectors/manifests';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { callEvents } from '../../../lib/call.ts';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { CheckSteps } from '../../../ui/check-steps.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PanesOver } from '../../../ui/panes-over.tsx';
import { Section } from '../../../ui/section.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { connectionQuery, useConnectionActions } from '../api.ts';
import { useCheck } from '../check/use-check.ts';
import { usePanelNavigation } from '../panel-navigation.ts';
import { hasProfiles } from '../profiles/has-profiles.ts';
import { ProfileAccessSection } from '../profiles/profile-access-section.tsx';
import { ProfileDataSection } from '../profiles/profile-data-section.tsx';
import { CatalogSection } from './catalog-section.tsx';
import { CheckHistory } from './check-history.tsx';
import { ConnectionActivity } from './connection-activity.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { StatusSummary } from './status-summary.tsx';

/** Everything about the connection that the address names, but its secrets. */
export const DetailsPane = () => {
  const { connectionId = '' } = useParams();
  const { id: environmentId } = useEnvironment();
  const { close } = usePanelNavigation(environmentId);
  const { data, error, refetch } = useQuery(connectionQuery(environmentId, connectionId));
  const manifest = data && manifestOf(data.type);
  return (
    <SidePanel
      title={data?.name ?? 'Connection'}
      subtitle={manifest?.label ?? data?.type}
      size="details"
      onClose={() => void close()}
    >
      {data !== undefined ? (
        <Details key={connectionId} connection={data} />
      ) : error === null ? (
        <Spinner label="Loading the connection" />
      ) : (
        <ErrorState error={error} onRetry={() => refetch()} />
      )}
      <PanesOver />
    </SidePanel>
  );
};

const Details = ({ connection }: { connection: contract.Connection }) => {
  const { environmentId, id: connectionId, name, isPaused } = connection;
  const manifest = manifestOf(connection.type);
  const check = useCheck({ steps: manifest?.steps ?? [] });
  const toasts = useToasts();
  const { open } = usePanelNavigation(environmentId);
  const { setPaused, refresh } = useConnectionActions(environmentId);
  const isChecking = check.status === 'running';

  const checkNow = async () => {
    const params = { environmentId, connectionId };
    await check.start((allow, signal, onEvent) =>
      callEvents(contract.checkConnection, { params, body: { allow }, signal }, onEvent),
    );
    await refresh(connectionId);
  };
  const pauseOrResume = async () => {
    try {
      await setPaused(connection, !isPaused);
      toasts.success(isPaused ? `Checks of ${name} go on.` : `Checks of ${name} are paused.`);
    } catch (error) {
      toasts.error(error instanceof Error ? error.message : 'That did not work.');
    }
  };

  const commands: ICommandBarItemProps[] = [
    { key: 'check', text: 'Check now', iconProps: { iconName: 'Refresh' }, onClick: () => void checkNow() },
    {
      key: 'edit',
      text: 'Edit',
      iconProps: { iconName: 'Edit' },
      onClick: () => void open(paths.editConnection(environmentId, connectionId)),
    },
    {
      key: 'share',
      text: 'Share',
      iconProps: { iconName: 'Share' },
      onClick: () => void open(paths.shareConnections(environmentId), { ids: connectionId }),
    },
    {
      key: 'pause',
      text: isPaused ? 'Resume checks' : 'Pause checks',
      iconProps: { iconName: isPaused ? 'Play' : 'Pause' },
      onClick: () => void pauseOrResume(),
    },
    {
      key: 'remove',
      text: 'Remove',
      iconProps: { iconName: 'Delete' },
      onClick: () => void open(paths.removeConnection(environmentId, connectionId)),
    },
  ];

  return (
    <>
      <CommandBar
        ariaLabel={`Actions for ${name}`}
        items={commands}
        overflowButtonProps={{ ariaLabel: 'More commands' }}
        styles={{ root: { padding: 0, marginInlineStart: -4 } }}
      />
      <StatusSummary connection={connection} />
      {check.status !== 'idle' && (
        <Section title="Check">
          {check.problem !== undefined && <ErrorState error={check.problem} />}
          <CheckSteps label="Steps of the check" steps={check.steps} isLive />
          {isChecking && <DefaultButton text="Cancel check" onClick={check.cancel} />}
        </Section>
      )}
      {hasProfiles(connection.type) && (
        <>
          <ProfileDataSection connection={connection} />
          <ProfileAccessSection connection={connection} />
        </>
      )}
      <ConnectionFacts connection={connection} />
      {connection.readsEntities && <CatalogSection connection={connection} />}
      <Section title="Checks">
        <CheckHistory connection={connection} />
      </Section>
      <Section title="Activity">
        <ConnectionActivity connection={connection} />
      </Section>
    </>
  );
};
