import { Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useLocation, useParams } from 'react-router';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import { read } from '../../../lib/queries.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { connectionOptionsQuery, exportQuery, useUpdateExport } from '../api.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { may } from '../rights.ts';
import { UnreadExport } from '../unread-export.tsx';
import { type Difference, differencesOf, mergedValues } from './conflict.ts';
import { ConflictNote } from './conflict-note.tsx';
import { ExportFields } from './export-fields.tsx';
import { ExportPane } from './export-pane.tsx';
import { changesOf, type ExportValues, noConnection, valuesOf } from './form-values.ts';
import { useExportForm } from './use-export-form.ts';
import { useExportSave } from './use-export-save.ts';
import { useRunSaved } from './use-run-saved.ts';

/** Edits the export that the address names, for who may; leads who may only connect it, or look at it, to where that is done. */
export const EditExportPane = () => {
  const { exportId = '' } = useParams();
  const { search } = useLocation();
  const environment = useEnvironment();
  const { close } = useExportPanels(environment.id);
  // Always as it is now: an edit that starts from an old version would only end in a conflict.
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...exportQuery(environment.id, exportId),
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  if (data !== undefined && isFetchedAfterMount) {
    if (may(environment.role, data, 'edit')) return <EditForm key={exportId} environment={environment} saved={data} />;
    if (may(environment.role, data, 'connect'))
      return <Navigate to={{ pathname: paths.connectExports(environment.id), search: `?ids=${exportId}` }} replace />;
    return <Navigate to={{ pathname: paths.export(environment.id, exportId), search }} replace />;
  }
  return (
    <SidePanel title="Edit export" size="details" onClose={close}>
      {error === null ? <Spinner label="Loading the export" /> : <UnreadExport error={error} onRetry={refetch} />}
    </SidePanel>
  );
};

/** A save that came too late: the version that somebody else saved in the meantime, and what differs. */
type Conflict = { saved: contract.Export; differences: Difference[] };

const EditForm = ({ environment, saved }: { environment: contract.Environment; saved: contract.Export }) => {
  // The version the form started from. What is read later does not change it under the hands of who types.
  const [opened, setOpened] = useState(saved);
  const [initial] = useState(() => valuesOf(saved));
  const [conflict, setConflict] = useState<Conflict>();
  const form = useExportForm(environment.id, initial, opened);
  const client = useQueryClient();
  const toasts = useToasts();
  const { close, closeSaved } = useExportPanels(environment.id);
  const update = useUpdateExport(environment.id);
  const params = { environmentId: environment.id, exportId: opened.id };
  const isChanged = Object.keys(changesOf(form.values, opened)).length > 0;

  const runSaved = useRunSaved(environment.id);
  const { isSaving, save } = useExportSave(form);
  const onSaved = async ({ name }: contract.Export) => {
    await closeSaved();
    toasts.success(`${name} is saved.`);
  };

  const nameOf = (newer: contract.Export) => (connectionId: string) =>
    [opened.connection, newer.connection].find((connection) => connection?.id === connectionId)?.name ??
    client
      .getQueryData(connectionOptionsQuery(environment.id).queryKey)
      ?.pages.flatMap(({ value }) => value)
      .find(({ id }) => id === connectionId)?.name;

  const sendOver = async (
    version: contract.Export,
    values: ExportValues,
    changes: contract.UpdateExport,
  ): Promise<contract.Export | undefined> => {
    try {
      return await update.mutateAsync({ params, ifMatch: version.etag, body: changes });
    } catch (error) {
      if (!isProblem(error, 'preconditionFailed')) throw error;
      const newer = await client.fetchQuery({ ...read(contract.getExport, { params }), staleTime: 0 });
      if (newer.etag === version.etag) throw error;
      const differences = differencesOf(opened, values, newer, nameOf(newer));
      // They changed nothing that stands here, or just what was changed here as well.
      if (differences.length === 0) return sendOver(newer, values, changes);
      setConflict({ saved: newer, differences });
      return undefined;
    }
  };

  const settle = ({ saved: newer }: Conflict, next: ExportValues) => {
    form.startFrom(newer, next);
    setOpened(newer);
    setConflict(undefined);
  };
  const values = form.form.getValues;
  const send = () => sendOver(opened, values(), changesOf(values(), opened));
  const saveAndRun = () =>
    isChanged ? save(send, (saved) => onSaved(saved).then(() => runSaved(saved))) : runSaved(opened);
  const canRun = conflict === undefined && form.values.connectionId !== noConnection;
  const why =
    conflict !== undefined
      ? 'Choose first what to do about somebody else’s change.'
      : isChanged
        ? undefined
        : 'Nothing has been changed.';

  return (
    <ExportPane
      title={`Edit ${opened.name}`}
      subtitle="What is sent over which connection, and how often."
      form={form}
      isDirty={isChanged}
      isSaving={isSaving}
      why={why}
      onSave={() => save(send, onSaved)}
      onSaveAndRun={canRun ? saveAndRun : undefined}
      onClose={close}
    >
      {conflict !== undefined && (
        <ConflictNote
          differences={conflict.differences}
          onKeepMine={() => settle(conflict, mergedValues(opened, values(), conflict.saved))}
          onLoadTheirs={() => settle(conflict, valuesOf(conflict.saved))}
        />
      )}
      <ExportFields
        environment={environment}
        form={form}
        known={opened.connection}
        allowsNone={opened.connection === null}
        isDisabled={isSaving || conflict !== undefined}
      />
    </ExportPane>
  );
};
