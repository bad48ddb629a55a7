import { DefaultButton, PrimaryButton, Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { read } from '../../../lib/queries.ts';
import { triggerWords } from '../../../lib/run-words.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { exportQuery } from '../api.ts';
import { isLive } from '../export-actions.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { may } from '../rights.ts';
import { useExportCommands } from '../use-export-commands.ts';
import { RunEntities } from './run-entities.tsx';
import { RunFiles } from './run-files.tsx';
import { RunParts } from './run-parts.tsx';
import { RunSummary } from './run-summary.tsx';
import { RunTimeline } from './run-timeline.tsx';

/** One run: how it stands, what happened, what was written where. */
export const RunPane = () => {
  const { exportId = '', runId = '' } = useParams();
  const environment = useEnvironment();
  const { close } = useExportPanels(environment.id);
  const run = useQuery(read(contract.getRun, { params: { environmentId: environment.id, runId } }));
  const of = useQuery(exportQuery(environment.id, exportId));
  return (
    <SidePanel
      title={run.data?.export.name ?? 'Run'}
      subtitle={run.data && `Run: ${triggerWords[run.data.trigger].toLowerCase()}`}
      size="details"
      footer={run.data && <Commands run={run.data} of={of.data} role={environment.role} />}
      onClose={() => void close()}
    >
      {run.data !== undefined ? (
        <Details run={run.data} />
      ) : run.error === null ? (
        <Spinner label="Loading the run" />
      ) : (
        <ErrorState title="The run could not be loaded" error={run.error} onRetry={() => run.refetch()} />
      )}
    </SidePanel>
  );
};

const Details = ({ run }: { run: contract.RunDetails }) => (
  <>
    <RunSummary run={run} />
    <Section title="Entities">
      <RunEntities entities={run.entities} />
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

/** Cancel while it is under way, Run again afterwards, for whoever may. */
const Commands = ({ run, of, role }: { run: contract.Run; of: contract.Export | undefined; role: contract.Role }) => {
  const environment = useEnvironment();
  const { open } = useExportPanels(environment.id);
  const { commands } = useExportCommands();
  const mayRun = of !== undefined && may(role, of, 'run');
  const isUnderWay = contract.isRunLive(run.state);
  return (
    <>
      {mayRun && isUnderWay && run.phase !== 'publishing' && (
        <PrimaryButton text="Cancel run" onClick={() => void commands.cancel({ ...of, run })} />
      )}
      {mayRun && !isUnderWay && of.status !== 'inactive' && !isLive(of) && (
        <PrimaryButton text="Run again" onClick={() => void commands.run([of])} />
      )}
      {of !== undefined && (
        <DefaultButton text="Show the export" onClick={() => void open(paths.export(environment.id, of.id))} />
      )}
    </>
  );
};
