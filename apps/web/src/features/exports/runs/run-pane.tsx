import { Spinner } from '@fluentui/react';
import type { Environment, RunDetails } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { isProblem } from '../../../lib/errors.ts';
import { triggerWords } from '../../../lib/run-words.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { exactTime } from '../../../ui/dates.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useViewer } from '../../../ui/viewer.tsx';
import { exportQuery, runQuery } from '../api.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { RunCommands } from './run-commands.tsx';
import { RunEntities } from './run-entities.tsx';
import { RunFiles } from './run-files.tsx';
import { RunParts } from './run-parts.tsx';
import { RunSummary } from './run-summary.tsx';
import { RunTimeline } from './run-timeline.tsx';

/** The run that the address names, for everybody who may see the list: how it stands, what happened, what was written where. */
export const RunPane = () => {
  const { exportId = '', runId = '' } = useParams();
  const environment = useEnvironment();
  const viewer = useViewer();
  const { close } = useExportPanels(environment.id);
  const { data, error, refetch } = useQuery(runQuery(environment.id, runId));
  const of = useQuery(exportQuery(environment.id, exportId));
  return (
    <SidePanel
      title={data?.export.name ?? 'Run'}
      subtitle={data && `Run of ${exactTime(data.queuedAt, viewer)}, ${triggerWords[data.trigger].toLowerCase()}`}
      size="details"
      footer={data && <RunCommands key={runId} environment={environment} run={data} of={of.data} />}
      onClose={() => void close()}
    >
      {data !== undefined ? (
        <Details key={runId} run={data} environment={environment} />
      ) : error === null ? (
        <Spinner label="Loading the run" />
      ) : (
        <Unread error={error} onRetry={refetch} />
      )}
    </SidePanel>
  );
};

const Details = ({ run, environment }: { run: RunDetails; environment: Environment }) => (
  <>
    <RunSummary run={run} environment={environment} />
    <Section title="Entities">
      <RunEntities run={run} />
    </Section>
    {run.written !== null && (
      <Section title="Files">
        <RunFiles run={run} written={run.written} />
      </Section>
    )}
    <Section title="What happened">
      <RunTimeline events={run.events} />
    </Section>
    {run.progress.parts.total > 0 && (
      <Section title="Parts">
        <RunParts run={run} />
      </Section>
    )}
  </>
);

const Unread = ({ error, onRetry }: { error: unknown; onRetry: () => unknown }) => {
  const { closeToList } = useExportPanels(useEnvironment().id);
  if (!isProblem(error, 'notFound') && !isProblem(error, 'invalidInput'))
    return <ErrorState title="The run could not be loaded" error={error} onRetry={() => void onRetry()} />;
  return (
    <EmptyState
      icon="Search"
      title="There is no such run any more."
      text="It was removed together with its export, or the address is not that of a run."
      action={{ text: 'Show the list of exports', onClick: () => void closeToList() }}
    />
  );
};
