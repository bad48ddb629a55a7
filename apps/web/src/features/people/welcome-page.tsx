import { Link as FluentLink, MessageBar, MessageBarType, makeStyles, Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../../lib/call.ts';
import { paths } from '../../lib/paths.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { RedeemForm } from './redeem-form.tsx';
import { takeWelcomeToken } from './welcome-token.ts';

const titles: Readonly<Record<contract.OneTimeLinkView['purpose'], string>> = {
  firstAdmin: 'Create the first admin',
  newMember: 'Welcome to Junction',
  passwordReset: 'Set a new password',
  breakGlass: 'Emergency access',
};

/** What a link made at the command line does, to be known before it is used. */
const breakGlassText =
  'It signs you in and makes you an admin of every environment, for when the identity provider cannot let anybody in. That it was used is recorded in the activity.';

/** How to get another link once one does not work. */
const remedy =
  'Each link works once and for a limited time. An admin of your environment can make a new one under Members; links for the first admin and for emergencies are made where Junction was started.';

const useStyles = makeStyles({ notice: { marginBottom: 16 } });

/** The token of the link at hand. Whoever opens another link in the same tab changes only the fragment, which loads no page. */
const useWelcomeToken = () => {
  const [taken, setTaken] = useState(() => ({ token: takeWelcomeToken(), visit: 0 }));
  useEffect(() => {
    const takeAnother = () => {
      const token = takeWelcomeToken();
      if (token !== null) setTaken(({ visit }) => ({ token, visit: visit + 1 }));
    };
    addEventListener('hashchange', takeAnother);
    return () => removeEventListener('hashchange', takeAnother);
  }, []);
  return taken;
};

/** Where one-time links lead: looks what the link is for, then sets a password with it, or just signs in. */
export const WelcomePage = () => {
  const styles = useStyles();
  const { token, visit } = useWelcomeToken();
  const navigate = useNavigate();
  const link = useQuery({
    // The token stays out of the cache's keys; there is one link per visit.
    queryKey: ['one-time-link', visit],
    queryFn: ({ signal }) => call(contract.inspectOneTimeLink, { body: { token: token ?? '' }, signal }),
    enabled: token !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

  if (token === null) {
    return (
      <EntryFrame title="The link is not complete">
        <p>Open the one-time link again, with everything that follows the # sign. Each link works once.</p>
        <FluentLink onClick={() => navigate(paths.signIn())}>Go to sign in</FluentLink>
      </EntryFrame>
    );
  }
  if (link.isPending) {
    return (
      <EntryFrame title="One-time link">
        <Spinner label="Looking at the link" />
      </EntryFrame>
    );
  }
  if (link.isError) {
    return (
      <EntryFrame title="The link does not work">
        <ErrorState title="It cannot be used" error={link.error} onRetry={() => link.refetch()} />
        <p>{remedy}</p>
        <FluentLink onClick={() => navigate(paths.signIn())}>Go to sign in</FluentLink>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={titles[link.data.purpose]} purpose={link.data.email && `For ${link.data.email}.`}>
      {link.data.purpose === 'breakGlass' && (
        <MessageBar className={styles.notice} messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          {breakGlassText}
        </MessageBar>
      )}
      <RedeemForm key={visit} token={token} link={link.data} />
    </EntryFrame>
  );
};
