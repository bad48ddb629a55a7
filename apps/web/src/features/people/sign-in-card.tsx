import { makeStyles, Shimmer } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../lib/queries.ts';
import { useMe } from '../../lib/session.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { MyIdentity } from './my-identity.tsx';
import { PasswordForm } from './password-form.tsx';

const useStyles = makeStyles((theme) => ({
  part: {
    '& + &': { marginTop: 20, paddingTop: 20, borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
  },
  text: { margin: 0, lineHeight: '20px', color: theme.semanticColors.bodySubtext },
}));

/** How one signs in: with an identity provider, with a password, or with either. */
export const SignInCard = () => {
  const { data: options, error, refetch } = useQuery(read(contract.getSignInOptions, {}));
  return (
    <Card title="Sign-in">
      {options ? (
        <Ways options={options} />
      ) : error ? (
        <ErrorState title="How you sign in could not be loaded" error={error} onRetry={() => refetch()} />
      ) : (
        <Shimmer />
      )}
    </Card>
  );
};

const Ways = ({ options }: { options: contract.SignInOptions }) => {
  const styles = useStyles();
  const me = useMe();
  const { providers, localAccounts } = options;
  return (
    <>
      {(me.identity !== null || providers.length > 0) && (
        <div className={styles.part}>
          <MyIdentity me={me} options={options} />
        </div>
      )}
      <div className={styles.part}>
        {localAccounts && me.hasPassword ? (
          <PasswordForm />
        ) : (
          <p className={styles.text}>
            {localAccounts
              ? 'You have no password. An admin can give you a link to set one, under Members.'
              : 'Passwords are switched off here; everybody signs in with an identity provider.'}
          </p>
        )}
      </div>
    </>
  );
};
