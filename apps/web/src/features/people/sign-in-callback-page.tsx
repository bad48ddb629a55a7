import { ProgressIndicator } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../lib/call.ts';
import { paths, safeReturnPath } from '../../lib/paths.ts';
import { takeProviderResponse } from '../../lib/provider-response.ts';
import { useToasts } from '../../ui/toasts.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { lastAttempt } from './sign-in-attempt.ts';
import { SignInProblem, SignInUsed } from './sign-in-problem.tsx';
import { useEnter } from './use-enter.ts';

/** Where identity providers send browsers back to: hands in what came with it, once, and goes on as after a password. */
export const SignInCallbackPage = () => {
  const [response] = useState(takeProviderResponse);
  const [attempt] = useState(lastAttempt.get);
  const [failure, setFailure] = useState<{ error: unknown; at: string } | null>(null);
  const hasBegun = useRef(false);
  const enter = useEnter();
  const toasts = useToasts();

  const complete = async () => {
    if (response === null) return;
    setFailure(null);
    try {
      const { me, returnTo, purpose } = await call(contract.completeSignIn, { body: { response } });
      lastAttempt.forget();
      if (purpose === 'connect') {
        await enter(me, paths.account());
        toasts.success(`Connected to ${me.identity?.provider ?? 'the identity provider'}.`);
      } else await enter(me, safeReturnPath(returnTo));
    } catch (error) {
      setFailure({ error, at: new Date().toISOString() });
    }
  };

  // What the provider sent works once, so it is handed in once, however often effects run.
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void complete();
  });

  if (response === null) return <SignInUsed attempt={attempt} />;
  if (failure) return <SignInProblem {...failure} attempt={attempt} onSendAgain={() => void complete()} />;
  const isConnecting = attempt?.purpose === 'connect';
  return (
    <EntryFrame title={isConnecting ? 'Connecting your account …' : 'Signing you in …'}>
      <div aria-live="polite">
        <ProgressIndicator
          description="This takes a moment."
          ariaLabel={isConnecting ? 'Connecting your account' : 'Signing you in'}
        />
      </div>
    </EntryFrame>
  );
};
