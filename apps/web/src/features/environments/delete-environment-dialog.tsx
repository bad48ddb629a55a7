import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { keyOf } from '../../lib/queries.ts';
import { useEnvironment } from '../../lib/session.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToasts } from '../../ui/toasts.tsx';

/** Deletes the environment, after its name was typed. */
export const DeleteEnvironmentDialog = () => {
  const environment = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const submit = useSubmit(contract.deleteEnvironment, {
    onSuccess: async () => {
      toasts.success(`${environment.name} was deleted.`);
      await queryClient.invalidateQueries({ queryKey: keyOf(contract.listEnvironments) });
      await navigate(paths.environments());
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${environment.name}?`}
      consequences={[
        'All of its connections and their secrets are destroyed.',
        'All of its members lose their place; their accounts stay.',
        'Its activity is deleted.',
        'This cannot be taken back.',
      ]}
      confirmText="Delete"
      typeToConfirm={environment.name}
      isBusy={submit.isPending}
      error={submit.error}
      onConfirm={() =>
        submit.mutate({
          params: { environmentId: environment.id },
          query: { confirmName: environment.name },
          ifMatch: environment.etag,
        })
      }
      onCancel={() => void navigate(paths.settings(environment.id))}
    />
  );
};
