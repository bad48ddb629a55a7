import * as contract from '@junction/contracts';
import { useEffect, useRef } from 'react';
import { leaveFor } from '../../lib/leave-for.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { type Attempt, lastAttempt } from './sign-in-attempt.ts';

/**
 * Leaves for an identity provider. `goingTo` is the one that the browser is on the way to; from the press on its button until the
 * page is gone, another press does nothing.
 */
export const useStartSignIn = () => {
  const isOnTheWay = useRef(false);
  const { mutate, reset, variables, error, isPending, isSuccess } = useSubmit(contract.startSignIn, {
    onSuccess: ({ url }, { body }) => {
      lastAttempt.set({ purpose: 'signIn', ...body });
      leaveFor(url);
    },
  });

  useEffect(() => {
    // Back from the provider: the browser shows the page as it was left.
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      isOnTheWay.current = false;
      reset();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [reset]);

  const start = (attempt: Attempt) => {
    if (isOnTheWay.current) return;
    isOnTheWay.current = true;
    mutate(
      { body: attempt },
      {
        onError: () => {
          isOnTheWay.current = false;
        },
      },
    );
  };
  return {
    start,
    goingTo: isPending || isSuccess ? variables.body.providerId : undefined,
    error,
    /** Begins again what failed. */
    retry: () => variables && start({ purpose: 'signIn', ...variables.body }),
  };
};
