import * as contract from '@junction/contracts';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { NewTokenPanel } from '../../ui/tokens/new-token-panel.tsx';
import { useMyTokensChanged } from './my-tokens-query.ts';

/** Makes a token of one's own. */
export const NewMyTokenPanel = () => {
  const navigate = useNavigate();
  const tokensChanged = useMyTokensChanged();
  const submit = useSubmit(contract.createMyToken, { onSuccess: () => void tokensChanged() });
  return (
    <NewTokenPanel
      owner="you"
      isSubmitting={submit.isPending}
      issued={submit.data}
      onSubmit={(body, options) => submit.mutate({ body }, options)}
      onClose={() => void navigate(paths.account())}
    />
  );
};
