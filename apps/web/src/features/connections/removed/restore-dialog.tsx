import { DefaultButton, PrimaryButton, Spinner } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import * as z from 'zod';
import { connectionsCameOrWent } from '../../../lib/connections-changed.ts';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import {
  type nameTakenState,
  rememberRestored,
  removedConnectionQuery,
  restoredSentence,
} from '../../../lib/restore-connection.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { exportCount } from '../../../lib/words.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { TextInput } from '../../../ui/form/fields.tsx';
import { FormFields } from '../../../ui/form/form-fields.tsx';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { useToasts } from '../../../ui/toasts.tsx';

/** Restores the removed connection that the address names; asks for another name once its own is known to be taken. */
export const RestoreDialog = () => {
  const { connectionId = '' } = useParams();
  const { id: environmentId } = useEnvironment();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(removedConnectionQuery(environmentId, connectionId));
  // What is back is not among the removed any more; the dialog about it stays until the page has changed.
  const [restored, setRestored] = useState<contract.RemovedConnection>();
  const close = () => void navigate(paths.removedConnections(environmentId));
  const removed = restored ?? data;
  if (removed)
    return (
      <RestoreForm
        environmentId={environmentId}
        removed={removed}
        onRestored={() => setRestored(removed)}
        onClose={close}
      />
    );
  return (
    <DialogFrame
      title="Restore connection"
      isAlert={false}
      onDismiss={close}
      footer={<DefaultButton text="Close" onClick={close} />}
    >
      {data === null ? (
        <div>It cannot be restored any more: it is back already, or the time for it is over.</div>
      ) : error === null ? (
        <Spinner label="Loading the connection" />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </DialogFrame>
  );
};

const Name = z.object({ name: contract.DisplayName });

type FormProps = {
  environmentId: string;
  removed: contract.RemovedConnection;
  onRestored: () => void;
  onClose: () => void;
};

const RestoreForm = ({ environmentId, removed, onRestored, onClose }: FormProps) => {
  const formId = useId('restore');
  const client = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const restore = useSubmit(contract.restoreConnection);
  const form = useZodForm(Name, { name: removed.name });
  // Only the server knows; an old address does not.
  const told = useLocation().state as Partial<typeof nameTakenState> | null;
  const [isNameTaken, setIsNameTaken] = useState(told?.isNameTaken === true);
  const { setFocus } = form;
  useEffect(() => {
    if (isNameTaken) setFocus('name');
  }, [isNameTaken, setFocus]);

  const onSubmit = form.handleSubmit(async ({ name }) => {
    try {
      const restoration = await restore.mutateAsync({
        params: { environmentId, connectionId: removed.id },
        // Its own name may be free again.
        body: name === removed.name ? {} : { name },
      });
      toasts.success(restoredSentence(restoration));
      onRestored();
      rememberRestored(client, environmentId, removed.id);
      await navigate(paths.connections(environmentId));
      await connectionsCameOrWent(client, environmentId);
    } catch (error) {
      if (isProblem(error, 'nameTaken')) {
        setIsNameTaken(true);
        form.setError('name', { message: error.message }, { shouldFocus: true });
      } else applyProblem(form, error instanceof Error ? error : new Error(String(error)));
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
          {isNameTaken ? (
            <>
              <div>Another connection has taken its name since it was removed. Choose another for it.</div>
              <TextInput
                control={form.control}
                name="name"
                label="Display name"
                isRequired
                autoComplete="off"
                hasFocusFirst
              />
            </>
          ) : (
            <div>
              It comes back with its secrets
              {removed.exports > 0 && `, and ${exportCount(removed.exports)} with it`}.
            </div>
          )}
        </FormFields>
      </form>
    </DialogFrame>
  );
};
