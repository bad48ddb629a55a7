import type { Environment, Export } from '@junction/contracts';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useCan, useEnvironment } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useCreateExport } from '../api.ts';
import { noConnection as unconnected } from '../list/list-view.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { whomToAsk } from '../rights.ts';
import { ExportFields } from './export-fields.tsx';
import { ExportPane } from './export-pane.tsx';
import { definitionOf, newValues, noConnection } from './form-values.ts';
import { useExportForm } from './use-export-form.ts';
import { useExportSave } from './use-export-save.ts';
import { useRunSaved } from './use-run-saved.ts';

/** The connection that the address names: that of the pane, or the only one that the list under it is narrowed to. */
const useNamedConnection = (): string => {
  const { connectionId } = useParams();
  const [params] = useSearchParams();
  const listed = params.get('connection')?.split(',') ?? [];
  return connectionId ?? (listed.length === 1 && listed[0] !== unconnected ? (listed[0] ?? '') : '');
};

/** Sets up an export; who only looks at exports is told whom to ask. */
export const CreateExportPane = () => {
  const environment = useEnvironment();
  const can = useCan();
  const { close } = useExportPanels(environment.id);
  if (can('export:create', environment.id)) return <CreateForm environment={environment} />;
  return (
    <SidePanel title="Set up export" onClose={close}>
      <EmptyState
        icon="Exports"
        title="Contributors and admins set exports up"
        text={`Your role here is to look at them. Ask ${whomToAsk(environment.owner.name)}.`}
        action={{ text: 'Close', onClick: () => void close() }}
      />
    </SidePanel>
  );
};

const CreateForm = ({ environment }: { environment: Environment }) => {
  const named = useNamedConnection();
  const [initial] = useState(() => newValues(named));
  const form = useExportForm(environment.id, initial);
  const toasts = useToasts();
  const { close, closeToList } = useExportPanels(environment.id);
  const create = useCreateExport(environment.id);
  const runSaved = useRunSaved(environment.id);
  const { isSaving, save } = useExportSave(form);
  const onSaved = async ({ name }: Export) => {
    await closeToList();
    toasts.success(`${name} is saved.`);
  };
  const send = () =>
    create.mutateAsync({ params: { environmentId: environment.id }, body: definitionOf(form.form.getValues()) });
  return (
    <ExportPane
      title="Set up export"
      subtitle="Choose what is sent over which connection, and how often."
      form={form}
      isDirty={form.form.formState.isDirty}
      isSaving={isSaving}
      onSave={() => save(send, onSaved)}
      onSaveAndRun={
        form.values.connectionId === noConnection
          ? undefined
          : () => save(send, (saved) => onSaved(saved).then(() => runSaved(saved)))
      }
      onClose={close}
    >
      <ExportFields
        environment={environment}
        form={form}
        allowsNone={environment.role === 'admin'}
        isDisabled={isSaving}
      />
    </ExportPane>
  );
};
