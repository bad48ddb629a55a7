import { DefaultButton, PrimaryButton, Spinner } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import * as z from 'zod';
import { connectionsCameOrWent } from '../../../lib/connections-changed.ts';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import { removedConnectionQuery, restoredSentence } from '../../../lib/restore-connection.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { TextInput } from '../../../ui/form/fields.tsx';
import { FormFields } from '../../../ui/form/form-fields.tsx';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { useToasts } from '../../../ui/toasts.tsx';

/** Asks under which name the removed connection that the address names comes back, because its own has been taken. */
export const RestoreDialog = () => {
  const { connectionId = '' } = useParams();
  const { id: environmentId } = useEnvironment();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(removedConnectionQuery(environmentId, connectionId));
  const close = () => void navigate(paths.removedConnections(environmentId));
  if (data !== undefined) return <RestoreForm environmentId={environmentId} removed={data} onClose={close} />;
  return (
    <DialogFrame
      title="Restore connection"
      isAlert={false}
      onDismiss={close}
      footer={<DefaultButton text="Close" onClick={close} />}
    >
      {error === null ? (
        <Spinner label="Loading the connection" />
      ) : isProblem(error, 'notFound') ? (
        <div>It cannot be restored any more: it is back already, or the time for it is over.</div>
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </DialogFrame>
  );
};

const Name = z.object({ name: contract.DisplayName });

type FormProps = { environmentId: string; removed: contract.RemovedConnection; onClose: () => void };

const RestoreForm = ({ environmentId, removed, onClose }: FormProps) => {
  const formId = useId('restore');
  const client = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const restore = useSubmit(contract.restoreConnection);
  const form = useZodForm(Name, { name: removed.name });

  const onSubmit = form.handleSubmit(async ({ name }) => {
    try {
      const restoration = await restore.mutateAsync({
        params: { environmentId, connectionId: removed.id },
        // Its own name may be free again.
        body: name === removed.name ? {} : { name },
      });
      toasts.success(restoredSentence(restoration));
      await navigate(paths.connections(environmentId));
      await connectionsCameOrWent(client, environmentId);
    } catch (error) {
      if (isProblem(error, 'nameTaken')) form.setError('name', { message: error.message }, { shouldFocus: true });
      else applyProblem(form, error instanceof Error ? error : new Error(String(error)));
    }
  });

  return (
    <DialogFrame
      title={`Restore ${removed.name}`}
      isAlert={false}
      isBusy={restore.isPending}
      onDismiss={onClose}
      footer={
        <>
          <PrimaryButton
            type="submit"
            form={formId}
            text={restore.isPending ? 'Restoring …' : 'Restore'}
            disabled={restore.isPending}
            allowDisabledFocus
          />
          <DefaultButton text="Cancel" disabled={restore.isPending} onClick={onClose} />
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void onSubmit(event)}>
        <FormFields form={form}>
          <div>Another connection has taken its name since it was removed. Choose another for it.</div>
          <TextInput
            control={form.control}
            name="name"
            label="Display name"
            isRequired
            autoComplete="off"
            hasFocusFirst
          />
        </FormFields>
      </form>
    </DialogFrame>
  );
};
