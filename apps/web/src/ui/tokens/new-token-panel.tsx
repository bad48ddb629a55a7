import type { IssuedApiToken, NewApiToken } from '@junction/contracts';
import { applyProblem } from '../form/apply-problem.ts';
import { FormPanel } from '../form/form-panel.tsx';
import { useZodForm } from '../form/use-zod-form.ts';
import type { TokenOwner } from './owner-words.ts';
import { TokenFields } from './token-form.tsx';
import { TokenShown } from './token-shown.tsx';
import { noTokenYet, TokenForm } from './token-values.ts';

type Props = {
  owner: TokenOwner;
  /** Whom it is for, where that is not oneself. */
  subtitle?: string;
  isSubmitting: boolean;
  /** Asks the API for the token; `onError` puts what it refuses at the fields. */
  onSubmit: (token: NewApiToken, options: { onError: (error: Error) => void }) => void;
  /** The token once it is made; it lives in the state of the panel at hand and nowhere else. */
  issued: IssuedApiToken | undefined;
  onClose: () => void;
};

/** Makes a token, then shows it once. */
export const NewTokenPanel = ({ owner, subtitle, isSubmitting, onSubmit, issued, onClose }: Props) => {
  const form = useZodForm(TokenForm, noTokenYet);
  if (issued) return <TokenShown issued={issued} onClose={onClose} />;
  return (
    <FormPanel
      title="New token"
      subtitle={subtitle}
      form={form}
      submitText="Make token"
      isSubmitting={isSubmitting}
      onSubmit={(token) => onSubmit(token, { onError: (error) => applyProblem(form, error) })}
      onClose={onClose}
    >
      <TokenFields form={form} owner={owner} />
    </FormPanel>
  );
};
