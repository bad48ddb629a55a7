import { Link } from '@fluentui/react';
import { type Manifest, manifestOf } from '@junction/connectors/manifests';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { sampleLakeQuery, useConnectionActions } from '../api.ts';
import { useCheck } from '../check/use-check.ts';
import { usePanelNavigation } from '../panel-navigation.ts';
import { sharingInput } from '../sharing/sharing.ts';
import { ConnectionPane } from './connection-pane.tsx';
import { withSampleLake } from './form-values.ts';
import { useConnectionForm } from './use-connection-form.ts';
import { useConnectionSave } from './use-connection-save.ts';
import { checkDraftOf } from './use-verification.ts';

/** Sets up a connection of the type that the address names. */
export const CreateConnectionPane = () => {
  const { type = '' } = useParams();
  const environment = useEnvironment();
  const { close } = usePanelNavigation(environment.id);
  const manifest = manifestOf(type);
  if (manifest !== undefined) return <CreateForm key={type} manifest={manifest} environmentId={environment.id} />;
  return (
    <SidePanel title="Set up connection" onClose={close}>
      <EmptyState
        icon="Connections"
        title="There is no such type of connection"
        text={`Junction does not know the type “${type}”. Discover shows those that there are.`}
        action={{ text: 'Close', onClick: close }}
      />
    </SidePanel>
  );
};

const CreateForm = ({ manifest, environmentId }: { manifest: Manifest; environmentId: string }) => {
  const form = useConnectionForm(manifest);
  const check = useCheck(manifest);
  const toasts = useToasts();
  const { close, closeToList } = usePanelNavigation(environmentId);
  const { refreshList } = useConnectionActions(environmentId);
  const create = useSubmit(contract.createConnection);
  const sample = useQuery(sampleLakeQuery).data?.sample;
  const params = { environmentId };
  const { reading, values } = form;

  const runCheck = checkDraftOf(environmentId, manifest.type, reading);

  const save = useConnectionSave({
    form,
    check,
    onSaved: async (connection) => {
      await refreshList();
      await closeToList();
      if (connection.status === 'healthy') toasts.success(`${connection.name} is set up and healthy.`);
      else toasts.info(`${connection.name} is saved. It needs action before it works.`);
    },
  });

  const send = (saveAnyway: boolean) =>
    create.mutateAsync({
      params,
      body: {
        name: values.name.trim(),
        type: manifest.type,
        sharing: sharingInput(values.sharing),
        settings: reading.settings,
        secrets: reading.secrets,
        consent: { accepted: true, textVersion: contract.consentTextVersion },
        saveAnyway,
      },
    });

  return (
    <ConnectionPane
      title={`Set up ${manifest.label} connection`}
      subtitle={
        <>
          {manifest.description}
          {sample && 'accountName' in manifest.settings.shape && (
            <>
              {' '}
              <Link onClick={() => form.fillIn(withSampleLake(manifest, form.values, sample))}>
                Fill in the sample lake
              </Link>
            </>
          )}
        </>
      }
      manifest={manifest}
      form={form}
      check={check}
      runCheck={runCheck}
      save={save}
      onSave={(saveAnyway) => save.save(() => send(saveAnyway))}
      onClose={close}
    />
  );
};
