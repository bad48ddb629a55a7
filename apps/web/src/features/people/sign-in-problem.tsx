import { DefaultButton, Link, makeStyles, PrimaryButton } from '@fluentui/react';
import type { ErrorCode } from '@junction/contracts';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem, Offline } from '../../lib/errors.ts';
import { paths } from '../../lib/paths.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { exactTime } from '../../ui/dates.ts';
import { DetailList } from '../../ui/detail-list.tsx';
import { useViewer } from '../../ui/viewer.tsx';
import { EntryFrame } from './entry-frame.tsx';
import type { Attempt } from './sign-in-attempt.ts';
import { StartProblem } from './start-problem.tsx';
import { useStartSignIn } from './use-start-sign-in.ts';
import { waitWords } from './wait-words.ts';

type Words = {
  title: string;
  /** What to do about it, where the server's own words leave something to say. */
  remedy?: string;
  /** The way on: to begin anew, to sign in to the account in another way, or only back. */
  wayOn: 'again' | 'account' | 'back';
  /** True where the operator needs to know when it was, to find it in the log. */
  isForOperator?: boolean;
};

const words: Readonly<Partial<Record<ErrorCode, Words>>> = {
  signInRefused: { title: 'You were not let in', remedy: 'If you canceled, just try again.', wayOn: 'again' },
  signInRejected: {
    title: 'The sign-in was not accepted',
    remedy: 'Whoever runs Junction finds the reason by the time and the reference.',
    wayOn: 'again',
    isForOperator: true,
  },
  signInExpired: { title: 'The sign-in is no longer valid', wayOn: 'again' },
  accountExists: { title: 'There is an account with this address already', wayOn: 'account' },
  identityTaken: {
    title: 'Somebody else signs in with this identity',
    remedy: 'If you meant another one, sign out at the identity provider, then connect again.',
    wayOn: 'back',
  },
  identityIncomplete: {
    title: 'The identity provider does not say who you are',
    wayOn: 'again',
    isForOperator: true,
  },
  providerUnavailable: { title: 'The identity provider does not answer', wayOn: 'again' },
  localAccountsOff: { title: 'Passwords are switched off', wayOn: 'back' },
  unauthenticated: {
    title: 'Your session ended',
    remedy: 'Then connect the identity provider again under Account.',
    wayOn: 'back',
  },
};

const anything: Words = { title: 'Signing in did not work', wayOn: 'again', isForOperator: true };

type Props = {
  error: unknown;
  /** When it happened, RFC 3339. */
  at: string;
  attempt: Attempt | null;
  /** Hands in once more what did not reach the server. */
  onSendAgain: () => void;
};

/** Why signing in with an identity provider did not work, and what to do. */
export const SignInProblem = ({ error, at, attempt, onSendAgain }: Props) => {
  const viewer = useViewer();
  if (error instanceof Offline)
    return (
      <Told title="Junction cannot be reached" text={error.message}>
        <PrimaryButton text="Try again" onClick={onSendAgain} />
      </Told>
    );
  const problem = error instanceof ApiProblem ? error : undefined;
  const { title, remedy, wayOn, isForOperator = false } = (problem && words[problem.code]) ?? anything;
  const isTooSoon = problem?.code === 'tooManyRequests';
  return (
    <Told
      title={title}
      text={error instanceof Error ? error.message : undefined}
      remedy={isTooSoon ? waitWords(problem.retryAfterSeconds) : remedy}
      facts={
        isForOperator && (
          <DetailList
            items={[
              { term: 'Time', value: <time dateTime={at}>{exactTime(at, viewer)}</time> },
              ...(problem ? [{ term: 'Reference', value: problem.traceId }] : []),
            ]}
          />
        )
      }
    >
      <WaysOn wayOn={wayOn} attempt={attempt} />
    </Told>
  );
};

/** For who comes to the page without anything to hand in: by Back, by a reload, or by typing its address. */
export const SignInUsed = ({ attempt }: { attempt: Attempt | null }) => {
  const navigate = useNavigate();
  return (
    <Told
      title="Nothing to complete here"
      text="What the identity provider sent works once, and was used already or is gone."
      remedy="If you are signed in, go on. Otherwise begin anew."
    >
      <WaysOn wayOn="again" attempt={attempt}>
        <Link onClick={() => navigate(paths.home())}>Go to Junction</Link>
      </WaysOn>
    </Told>
  );
};

const useStyles = makeStyles((theme) => ({
  text: { margin: '0 0 8px', lineHeight: '20px' },
  facts: { margin: '16px 0', color: theme.semanticColors.bodyText },
  ways: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: 16, marginTop: 20 },
}));

type ToldProps = { title: string; text?: string; remedy?: string; facts?: ReactNode; children: ReactNode };

const Told = ({ title, text, remedy, facts, children }: ToldProps) => {
  const styles = useStyles();
  return (
    <EntryFrame title={title} takesFocus>
      <div role="alert">
        {text !== undefined && <p className={styles.text}>{text}</p>}
        {remedy !== undefined && <p className={styles.text}>{remedy}</p>}
      </div>
      {facts && <div className={styles.facts}>{facts}</div>}
      <div className={styles.ways}>{children}</div>
    </EntryFrame>
  );
};

type WaysProps = { wayOn: Words['wayOn']; attempt: Attempt | null; children?: ReactNode };

const WaysOn = ({ wayOn, attempt, children }: WaysProps) => {
  const navigate = useNavigate();
  const { start, goingTo, error, retry } = useStartSignIn();
  const isConnecting = attempt?.purpose === 'connect';
  const toSignIn = () => navigate(paths.signIn(attempt?.returnTo));
  const again = () => (attempt ? start(attempt) : void toSignIn());
  return (
    <>
      {error && <StartProblem error={error} onRetry={retry} />}
      <ButtonRow>
        {wayOn === 'again' && (
          <PrimaryButton
            text={goingTo === undefined ? 'Try again' : 'Going to sign in …'}
            disabled={goingTo !== undefined}
            allowDisabledFocus
            onClick={again}
          />
        )}
        {wayOn === 'account' && (
          <PrimaryButton text="Go to sign in" onClick={() => navigate(paths.signIn(paths.account()))} />
        )}
        {isConnecting ? (
          <DefaultButton text="Back to your account" onClick={() => navigate(paths.account())} />
        ) : (
          // Where it is not known what was begun, trying again leads there too.
          wayOn !== 'account' &&
          !(wayOn === 'again' && attempt === null) && <DefaultButton text="Go to sign in" onClick={toSignIn} />
        )}
      </ButtonRow>
      {children}
    </>
  );
};
