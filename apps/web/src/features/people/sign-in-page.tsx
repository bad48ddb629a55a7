import { Link as FluentLink, MessageBar, MessageBarType, makeStyles, Shimmer } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { safeReturnPath } from '../../lib/paths.ts';
import { read } from '../../lib/queries.ts';
import { endSession } from '../../lib/session.ts';
import { useLater } from '../../ui/use-later.ts';
import { EntryFrame } from './entry-frame.tsx';
import { PasswordSignIn } from './password-sign-in.tsx';
import { ProviderButtons } from './provider-buttons.tsx';

/** About the height of the form for a password, which is what follows most often. */
const waitingHeight = 212;
/** Options that are read quickly show no waiting at all. */
const shimmerAfterMs = 300;

const useStyles = makeStyles((theme) => ({
  notice: { marginBottom: 16 },
  waiting: { minHeight: waitingHeight, display: 'flex', flexDirection: 'column', gap: 24 },
  divider: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    margin: '20px 0 12px',
    color: theme.semanticColors.bodySubtext,
    '&::before, &::after': {
      content: '""',
      flexGrow: 1,
      borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
    },
  },
}));

/** Signs in with an identity provider or with a password, whichever there is, then goes on to the page that was asked for. */
export const SignInPage = () => {
  const styles = useStyles();
  const [params] = useSearchParams();
  const queryClient = useQueryClient();
  // However one came here (signed out, session ended), what the session had read is forgotten now.
  useEffect(() => void endSession(queryClient), [queryClient]);
  const { data: options, error, isPending, refetch } = useQuery(read(contract.getSignInOptions, {}));

  return (
    <EntryFrame title="Sign in" purpose="Manage where your data may go.">
      {params.has('ended') && (
        <MessageBar className={styles.notice} messageBarType={MessageBarType.info} isMultiline delayedRender={false}>
          Your session ended. Sign in to go on; what you had typed is not kept.
        </MessageBar>
      )}
      {options?.needsFirstAdmin && (
        <MessageBar className={styles.notice} messageBarType={MessageBarType.info} isMultiline>
          Nobody can sign in yet. Open the one-time link that was printed where Junction was started; it creates the
          first admin.
        </MessageBar>
      )}
      {error && (
        <MessageBar className={styles.notice} messageBarType={MessageBarType.error} isMultiline>
          {error.message} <FluentLink onClick={() => refetch()}>Retry</FluentLink>
        </MessageBar>
      )}
      {isPending ? <Waiting /> : <Ways options={options ?? passwordOnly} returnParam={params.get('return')} />}
    </EntryFrame>
  );
};

type Options = Pick<contract.SignInOptions, 'providers' | 'localAccounts' | 'demoAccounts'>;

/** What is offered while the options cannot be read: trying does no harm. */
const passwordOnly: Options = { providers: [], localAccounts: true, demoAccounts: [] };

const Ways = ({ options, returnParam }: { options: Options; returnParam: string | null }) => {
  const styles = useStyles();
  const { providers, localAccounts, demoAccounts } = options;
  const returnTo = safeReturnPath(returnParam);
  const hasProviders = providers.length > 0;
  if (!hasProviders && !localAccounts)
    return (
      <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
        There is no way to sign in: passwords are switched off and no identity provider is set up. Whoever runs Junction
        can change that.
      </MessageBar>
    );
  return (
    <>
      {hasProviders && <ProviderButtons providers={providers} returnTo={returnParam === null ? undefined : returnTo} />}
      {hasProviders && localAccounts && <div className={styles.divider}>or with a password</div>}
      {localAccounts && (
        <PasswordSignIn returnTo={returnTo} demoAccounts={demoAccounts} hasFocusFirst={!hasProviders} />
      )}
    </>
  );
};

/** Keeps the room of what follows, so that nothing jumps when it comes. */
const Waiting = () => {
  const styles = useStyles();
  const isShimmering = useLater(true, shimmerAfterMs);
  return (
    <div className={styles.waiting} aria-busy>
      {isShimmering && (
        <>
          <Shimmer />
          <Shimmer width="60%" />
        </>
      )}
    </div>
  );
};
