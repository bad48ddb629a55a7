import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { TokenPanel } from '../../../ui/tokens/token-panel.tsx';
import { accountTokensQuery } from './api.ts';

/** One token of a service account. */
export const AccountTokenPanel = () => {
  const { id: environmentId } = useEnvironment();
  const { serviceAccountId = '', tokenId = '' } = useParams();
  const { goOn, close } = usePanels(paths.serviceAccount(environmentId, serviceAccountId));
  const { data, error, refetch } = useQuery(accountTokensQuery(environmentId, serviceAccountId));
  return (
    <TokenPanel
      token={data && (data.value.find(({ id }) => id === tokenId) ?? null)}
      error={error}
      onRetry={() => void refetch()}
      onRevoke={() => void goOn(`${paths.serviceAccountToken(environmentId, serviceAccountId, tokenId)}/revoke`)}
      onClose={() => void close()}
    />
  );
};
