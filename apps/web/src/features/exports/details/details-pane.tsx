import { CommandBar, type ICommandBarItemProps, Spinner } from '@fluentui/react';
import type { Environment, Export } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { connectorLabel } from '../../../lib/words.ts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { exportQuery } from '../api.ts';
import { RefusedDialog } from '../dialogs/refused-dialog.tsx';
import { exportActions } from '../export-actions.ts';
import { ConnectionUsed } from '../list/connection-used.tsx';
import { useExportPanels } from '../panel-navigation.ts';
import { may } from '../rights.ts';
import { takesRows } from '../takes-rows.ts';
import { UnreadExport } from '../unread-export.tsx';
import { useExportCommands } from '../use-export-commands.ts';
import { Entities } from './entities.tsx';
import { RunHistory } from './run-history.tsx';
import { ScheduleFacts } from './schedule-facts.tsx';
import { StatusSummary } from './status-summary.tsx';
import { WhatIsWritten } from './what-is-written.tsx';

/** Everything about the export that the address names, for everybody who may see the list. */
export const DetailsPane = () => {
  const { exportId = '' } = useParams();
  const environment = useEnvironment();
  const { close } = useExportPanels(environment.id);
  const { data, error, refetch } = useQuery(exportQuery(environment.id, exportId, { isLive: true }));
  return (
    <SidePanel
      title={data?.name ?? 'Export'}
      subtitle={data && (data.type === null ? 'Never connected' : connectorLabel(data.type))}
      size="details"
      onClose={() => void close()}
    >
      {data !== undefined ? (
        <Details key={exportId} environment={environment} of={data} />
      ) : error === null ? (
        <Spinner label="Loading the export" />
      ) : (
        <UnreadExport error={error} onRetry={refetch} />
      )}
    </SidePanel>
  );
};

/** The commands of the row's menu as a bar: without what is on the screen already, and without lines between them. */
const barItems = (environment: Environment, of: Export, commands: Parameters<typeof exportActions>[2]) =>
  exportActions(environment.role, of, commands).filter(
    ({ key, text }) => key !== 'divider' && text !== 'View',
  ) as ICommandBarItemProps[];

const Details = ({ environment, of }: { environment: Environment; of: Export }) => {
  const { commands, refused, forgetRefused } = useExportCommands();
  const { open } = useExportPanels(environment.id);
  const items = barItems(environment, of, commands);
  return (
    <>
      {items.length > 0 && (
        <CommandBar
          ariaLabel={`Actions for ${of.name}`}
          items={items}
          overflowButtonProps={{ ariaLabel: 'More commands' }}
          styles={{ root: { padding: 0, marginInlineStart: -4 } }}
        />
      )}
      <StatusSummary environment={environment} of={of} onConnect={() => void commands.connect([of])} />
      <Section title="Runs">
        <RunHistory of={of} />
      </Section>
      <Section title="Connection">
        <ConnectionUsed connection={of.connection} isInFull />
      </Section>
      <Section title="Entities">
        <Entities
          entities={of.entities}
          onPreview={
            may(environment.role, of, 'run')
              ? (entityId) => open(paths.preview(environment.id, of.id, entityId))
              : undefined
          }
        />
      </Section>
      <Section title={takesRows(of.type) ? 'Rows' : 'Files'}>
        <WhatIsWritten of={of} />
      </Section>
      <Section title="Schedule">
        <ScheduleFacts of={of} environment={environment} />
      </Section>
      <Section title="About">
        <DetailList
          items={[
            { term: 'Owner', value: of.createdBy.name },
            { term: 'Created', value: <RelativeTime at={of.createdAt} /> },
            { term: 'Changed', value: <RelativeTime at={of.updatedAt} /> },
          ]}
        />
      </Section>
      {refused && <RefusedDialog {...refused} onClose={forgetRefused} />}
    </>
  );
};
