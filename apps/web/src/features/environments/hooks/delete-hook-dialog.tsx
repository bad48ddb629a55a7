import * as contract from '@junction/contracts';
import { useNavigate, useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useHook, useHooksChanged } from './api.ts';

/** Sends no more notices to a URL, after asking. */
export const DeleteHookDialog = () => {
  const environment = useEnvironment();
  const { noticeHookId = '' } = useParams();
  const navigate = useNavigate();
  const toasts = useToasts();
  const hooksChanged = useHooksChanged(environment.id);
  const { hook, error, refetch } = useHook(environment.id, noticeHookId);
  const close = () => navigate(paths.settings(environment.id));
  const submit = useSubmit(contract.deleteNoticeHook, {
    onSuccess: async () => {
      toasts.success(`${hook?.name ?? 'The webhook'} was deleted.`);
      await close();
      await hooksChanged();
    },
  });
  const gone = hook === null ? new Error('This webhook was deleted already.') : null;
  return (
    <ConfirmDialog
      title={`Delete ${hook?.name ?? 'this webhook'}?`}
      consequences={[
        'Notices are not sent there any more, not even those that are on their way.',
        'Its signing secret is destroyed.',
        'Turn it off instead to keep it for later.',
      ]}
      confirmText="Delete"
      isBusy={submit.isPending || (hook === undefined && error === null)}
      error={submit.error ?? error ?? gone}
      onConfirm={() => {
        if (!hook) return void close();
        const params = { environmentId: environment.id, noticeHookId };
        submit.mutate({ params, ifMatch: hook.etag }, { onError: () => void refetch() });
      }}
      onCancel={() => void close()}
    />
  );
};
