import * as contract from '@junction/contracts';
import { useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { NewTokenPanel } from '../../../ui/tokens/new-token-panel.tsx';
import { useServiceAccount, useServiceAccountsChanged } from './api.ts';

/** Makes a token of a service account, and shows it once. */
export const NewAccountTokenPanel = () => {
  const { id: environmentId } = useEnvironment();
  const { serviceAccountId = '' } = useParams();
  const { account } = useServiceAccount(environmentId, serviceAccountId);
  const { close } = usePanels(paths.serviceAccount(environmentId, serviceAccountId));
  const accountsChanged = useServiceAccountsChanged();
  const submit = useSubmit(contract.createServiceAccountToken, {
    onSuccess: () => void accountsChanged(),
  });
  return (
    <NewTokenPanel
      owner="serviceAccount"
      subtitle={account ? `Acts as ${account.name}.` : undefined}
      isSubmitting={submit.isPending}
      onSubmit={(token, options) =>
        submit.mutate({ params: { environmentId, serviceAccountId }, body: token }, options)
      }
      issued={submit.data}
      onClose={() => void close()}
    />
  );
};
