import * as contract from '@junction/contracts';
import { useNavigate, useParams } from 'react-router';
import { isProblem } from '../../lib/errors.ts';
import { paths } from '../../lib/paths.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { useToasts } from '../../ui/toasts.tsx';
import { RevokeTokenDialog } from '../../ui/tokens/revoke-token-dialog.tsx';
import { useMyToken, useMyTokensChanged } from './my-tokens-query.ts';

/** Revokes one of one's own tokens, after asking. */
export const RevokeMyTokenDialog = () => {
  const { tokenId = '' } = useParams();
  const navigate = useNavigate();
  const toasts = useToasts();
  const { token, error, refetch } = useMyToken(tokenId);
  const tokensChanged = useMyTokensChanged();
  const close = () => navigate(paths.account());
  const leave = async (told: string) => {
    toasts.success(told);
    await close();
    await tokensChanged(tokenId);
  };
  const submit = useSubmit(contract.deleteMyToken, {
    onSuccess: () => leave(`${token?.name ?? 'The token'} was revoked.`),
  });
  const revoke = () => {
    if (token === null) return void close();
    if (token === undefined) return void refetch();
    submit.mutate(
      { params: { tokenId } },
      {
        onError: (refusal) => {
          // Revoked in the meantime, such as in another tab: it is what was asked for.
          if (isProblem(refusal, 'notFound')) void leave(`${token.name} was revoked already.`);
        },
      },
    );
  };
  return (
    <RevokeTokenDialog
      token={token ?? undefined}
      isBusy={submit.isPending || (token === undefined && error === null)}
      error={submit.error ?? error ?? (token === null ? new Error('This token was revoked already.') : null)}
      onConfirm={revoke}
      onCancel={() => void close()}
    />
  );
};
