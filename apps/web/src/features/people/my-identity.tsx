import { DefaultButton, makeStyles } from '@fluentui/react';
import type { Me, SignInOptions } from '@junction/contracts';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { StartProblem } from './start-problem.tsx';
import { useStartSignIn } from './use-start-sign-in.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  title: { margin: 0, fontSize: 14, lineHeight: '20px', fontWeight: 600 },
  text: { margin: 0, lineHeight: '20px', overflowWrap: 'anywhere' },
  address: { display: 'block' },
  quiet: { margin: 0, lineHeight: '20px', color: theme.semanticColors.bodySubtext },
}));

/** The identity that one signs in with at a provider, to be connected or disconnected. */
export const MyIdentity = ({ me, options }: { me: Me; options: SignInOptions }) => {
  const styles = useStyles();
  return (
    <section className={styles.root} aria-labelledby="my-identity">
      <h3 id="my-identity" className={styles.title}>
        Identity provider
      </h3>
      {me.identity === null ? (
        <Connect providers={options.providers} />
      ) : (
        <Connected identity={me.identity} hasOtherWay={me.hasPassword && options.localAccounts} />
      )}
    </section>
  );
};

const Connected = ({ identity, hasOtherWay }: { identity: NonNullable<Me['identity']>; hasOtherWay: boolean }) => {
  const styles = useStyles();
  const navigate = useNavigate();
  return (
    <>
      <p className={styles.text}>
        Connected to {identity.provider} as
        <strong className={styles.address}>{identity.email}</strong>
      </p>
      {hasOtherWay ? (
        <div>
          <DefaultButton text="Disconnect …" onClick={() => void navigate(paths.disconnectIdentity())} />
        </div>
      ) : (
        <p className={styles.quiet}>It is your only way to sign in, so it cannot be disconnected.</p>
      )}
    </>
  );
};

const Connect = ({ providers }: Pick<SignInOptions, 'providers'>) => {
  const styles = useStyles();
  const { start, goingTo, error, retry } = useStartSignIn();
  return (
    <>
      <p className={styles.quiet}>Connect your account to sign in without the password of Junction.</p>
      {error && <StartProblem error={error} onRetry={retry} />}
      <ButtonRow>
        {providers.map(({ id, name }) => (
          <DefaultButton
            key={id}
            text={goingTo === id ? `Going to ${name} …` : `Connect ${name}`}
            disabled={goingTo !== undefined}
            allowDisabledFocus
            onClick={() => start({ providerId: id, purpose: 'connect', returnTo: paths.account() })}
          />
        ))}
      </ButtonRow>
    </>
  );
};
