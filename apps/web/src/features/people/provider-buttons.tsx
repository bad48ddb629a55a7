import { DefaultButton, makeStyles } from '@fluentui/react';
import type { ProviderId, SignInOptions } from '@junction/contracts';
import { StartProblem } from './start-problem.tsx';
import { useStartSignIn } from './use-start-sign-in.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  // A name that is long takes a second line.
  button: { height: 'auto', minHeight: 40, padding: '6px 16px', '.ms-Button-label': { lineHeight: '20px' } },
});

/** One button for each identity provider that one can sign in with. */
export const ProviderButtons = ({
  providers,
  returnTo,
}: {
  providers: SignInOptions['providers'];
  returnTo: string | undefined;
}) => {
  const styles = useStyles();
  const { start, goingTo, error, retry } = useStartSignIn();
  const signIn = (providerId: ProviderId) => start({ providerId, purpose: 'signIn', returnTo });
  return (
    <div className={styles.root}>
      {error && <StartProblem error={error} onRetry={retry} />}
      {providers.map(({ id, name }) => (
        <DefaultButton
          key={id}
          className={styles.button}
          text={goingTo === id ? `Going to ${name} …` : `Sign in with ${name}`}
          disabled={goingTo !== undefined}
          allowDisabledFocus
          onClick={() => signIn(id)}
        />
      ))}
    </div>
  );
};
