import { DefaultButton, MessageBar, MessageBarType, makeStyles, PrimaryButton, Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { read } from '../../../lib/queries.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { Section } from '../../../ui/section.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { importChanged, profileColumnsQuery, profileImportQuery } from './api.ts';
import { EveryHours } from './every-hours.tsx';
import { chosenTwice, isSameMapping } from './mapping.ts';
import { MappingFields } from './mapping-fields.tsx';

const useStyles = makeStyles((theme) => ({
  text: { margin: '0 0 12px', color: theme.semanticColors.bodySubtext, lineHeight: '20px' },
}));

/** From which columns the profiles of a connection are imported, and how often it is looked for new ones. */
export const ImportSettingsPanel = () => {
  const { connectionId = '' } = useParams();
  const { id: environmentId } = useEnvironment();
  const { close } = usePanels(paths.connection(environmentId, connectionId));
  // As it was when the panel was opened: what is read later does not change it under the hands of who fills it in.
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...read(contract.getProfileImport, { params: { environmentId, connectionId } }),
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  if (data !== undefined && isFetchedAfterMount)
    return <SettingsForm key={connectionId} environmentId={environmentId} standing={data} />;
  return (
    <SidePanel title="Columns and schedule" onClose={() => void close()}>
      {error === null ? (
        <Spinner label="Loading the settings" />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </SidePanel>
  );
};

type FormProps = { environmentId: string; standing: contract.ProfileImport };

const SettingsForm = ({ environmentId, standing: current }: FormProps) => {
  const styles = useStyles();
  const [standing] = useState(current);
  const { connectionId } = standing;
  const client = useQueryClient();
  const toasts = useToasts();
  const { close, closeSaved } = usePanels(paths.connection(environmentId, connectionId));
  const [mapping, setMapping] = useState(standing.mapping);
  const [everyHours, setEveryHours] = useState(standing.everyHours);
  const columns = useQuery(profileColumnsQuery(environmentId, connectionId));
  const update = useSubmit(contract.updateProfileImport);

  const isMappingChanged = !isSameMapping(mapping, standing.mapping);
  const isDirty = isMappingChanged || everyHours !== standing.everyHours;
  const canSave = isDirty && chosenTwice(mapping).length === 0 && !update.isPending;
  const save = async () => {
    if (!canSave) return;
    try {
      const fresh = await update.mutateAsync({
        params: { environmentId, connectionId },
        body: {
          ...(isMappingChanged && { mapping }),
          ...(everyHours !== standing.everyHours && { everyHours }),
        },
      });
      client.setQueryData(profileImportQuery(environmentId, connectionId).queryKey, fresh);
      await importChanged(client, environmentId, connectionId);
      await closeSaved();
      toasts.success(isMappingChanged ? 'Saved. The profiles are imported from these columns now.' : 'Saved.');
    } catch {
      // Shown in the panel.
    }
  };
  return (
    <SidePanel
      title="Columns and schedule"
      subtitle="What is read of the customers, and how often Junction looks for new data."
      size="details"
      onClose={() => !update.isPending && void close()}
      footer={
        <>
          <PrimaryButton
            text={update.isPending ? 'Saving …' : 'Save'}
            disabled={!canSave}
            allowDisabledFocus
            onClick={() => void save()}
          />
          <DefaultButton text="Cancel" disabled={update.isPending} onClick={() => void close()} />
        </>
      }
    >
      {update.error !== null && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
          {update.error.message}
        </MessageBar>
      )}
      <EveryHours value={everyHours} onChange={setEveryHours} isDisabled={update.isPending} />
      <Section title="What the columns mean">
        <p className={styles.text}>
          Another choice is imported at once. Of the values only their shapes are shown, with A and a for letters and 9
          for digits; never a value itself.
        </p>
        {columns.data !== undefined ? (
          <MappingFields
            columns={columns.data.columns}
            value={mapping}
            onChange={setMapping}
            isDisabled={update.isPending}
          />
        ) : columns.error === null ? (
          <Spinner label="Reading the columns …" />
        ) : (
          <ErrorState
            title="The columns could not be read"
            error={columns.error}
            onRetry={() => void columns.refetch()}
          />
        )}
      </Section>
      <LeaveGuard isDirty={isDirty} />
    </SidePanel>
  );
};
