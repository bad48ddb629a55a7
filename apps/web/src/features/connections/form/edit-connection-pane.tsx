import { Spinner } from '@fluentui/react';
import { type Manifest, manifestOf } from '@junction/connectors/manifests';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { callEvents } from '../../../lib/call.ts';
import { isProblem } from '../../../lib/errors.ts';
import { read } from '../../../lib/queries.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useConnectionActions } from '../api.ts';
import { type RunCheck, useCheck } from '../check/use-check.ts';
import { usePanelNavigation } from '../panel-navigation.ts';
import { ConnectionPane } from './connection-pane.tsx';
import { changesOf, type FormValues } from './form-values.ts';
import { type Choices, hasOthersChanges, merged, mergeRows, secretsKept } from './merge.ts';
import { MergePane } from './merge-pane.tsx';
import { useConnectionForm } from './use-connection-form.ts';
import { useConnectionSave } from './use-connection-save.ts';

/** Edits the connection that the address names. */
export const EditConnectionPane = () => {
  const { connectionId = '' } = useParams();
  const environment = useEnvironment();
  const { close } = usePanelNavigation(environment.id);
  // Always as it is now: an edit that starts from an old version would only end in a merge.
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...read(contract.getConnection, { params: { environmentId: environment.id, connectionId } }),
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  const manifest = data && manifestOf(data.type);
  if (data !== undefined && manifest !== undefined && isFetchedAfterMount)
    return <EditForm key={connectionId} manifest={manifest} connection={data} />;
  return (
    <SidePanel title="Edit connection" onClose={close}>
      {error === null ? (
        <Spinner label="Loading the connection" />
      ) : (
        <ErrorState error={error} onRetry={() => refetch()} />
      )}
    </SidePanel>
  );
};

/** A save that came too late: the version that somebody else saved in the meantime, and how this one was to be saved. */
type Conflict = { saved: contract.Connection; saveAnyway: boolean };

const EditForm = ({ manifest, connection }: { manifest: Manifest; connection: contract.Connection }) => {
  const { environmentId, id: connectionId } = connection;
  // The version the form started from. What is read later does not change it under the hands of who types.
  const [opened, setOpened] = useState(connection);
  const [conflict, setConflict] = useState<Conflict>();
  const form = useConnectionForm(manifest, opened);
  const check = useCheck(manifest);
  const toasts = useToasts();
  const client = useQueryClient();
  const { close, closeSaved } = usePanelNavigation(environmentId);
  const { refresh } = useConnectionActions(environmentId);
  const update = useSubmit(contract.updateConnection);
  const params = { environmentId, connectionId };

  const runCheck: RunCheck = async (allow, signal, onEvent) => {
    const { settings, secrets } = changesOf(manifest, form.values, opened);
    await callEvents(contract.checkConnection, { params, body: { settings, secrets, allow }, signal }, onEvent);
    // Without changes it was the saved connection itself that was checked.
    if (settings === undefined && secrets === undefined) await refresh(connectionId);
  };
  const onSaved = async ({ name }: contract.Connection) => {
    await refresh(connectionId);
    await closeSaved();
    toasts.success(`${name} is saved.`);
  };
  const save = useConnectionSave({ form, check, onSaved });

  const sendOver = async (
    version: contract.Connection,
    values: FormValues,
    saveAnyway: boolean,
  ): Promise<contract.Connection | undefined> => {
    try {
      const body = { ...changesOf(manifest, values, version), saveAnyway };
      return await update.mutateAsync({ params, ifMatch: version.etag, body });
    } catch (error) {
      if (!isProblem(error, 'preconditionFailed')) throw error;
      const saved = await client.fetchQuery({ ...read(contract.getConnection, { params }), staleTime: 0 });
      if (saved.etag === version.etag) throw error;
      if (!hasOthersChanges(manifest, version, values, saved)) return sendOver(saved, values, saveAnyway);
      setConflict({ saved, saveAnyway });
      return undefined;
    }
  };

  const saveMerged = ({ saved, saveAnyway }: Conflict, choices: Choices) => {
    const values = merged(manifest, form.values, saved, choices);
    form.startFrom(saved, values);
    setOpened(saved);
    setConflict(undefined);
    return save.save(() => sendOver(saved, values, saveAnyway));
  };

  if (conflict !== undefined)
    return (
      <MergePane
        name={opened.name}
        rows={mergeRows(manifest, opened, form.values, conflict.saved)}
        keptSecrets={secretsKept(manifest, opened, form.values, conflict.saved)}
        onSave={(choices) => saveMerged(conflict, choices)}
        onBack={() => setConflict(undefined)}
      />
    );
  return (
    <ConnectionPane
      title={`Edit ${opened.name}`}
      subtitle={manifest.label}
      manifest={manifest}
      form={form}
      original={opened}
      check={check}
      runCheck={runCheck}
      save={save}
      onSave={(saveAnyway) => save.save(() => sendOver(opened, form.values, saveAnyway))}
      onClose={close}
    />
  );
};
