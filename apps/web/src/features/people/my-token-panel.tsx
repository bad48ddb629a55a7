import { useNavigate, useParams } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { TokenPanel } from '../../ui/tokens/token-panel.tsx';
import { useMyToken } from './my-tokens-query.ts';

/** One of one's own tokens. */
export const MyTokenPanel = () => {
  const { tokenId = '' } = useParams();
  const navigate = useNavigate();
  const { token, error, refetch } = useMyToken(tokenId);
  return (
    <TokenPanel
      token={token}
      error={error}
      onRetry={() => void refetch()}
      onRevoke={() => void navigate(paths.revokeToken(tokenId))}
      onClose={() => void navigate(paths.account())}
    />
  );
};
