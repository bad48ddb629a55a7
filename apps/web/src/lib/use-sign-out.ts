import * as contract from '@junction/contracts';
import { type NavigateOptions, useNavigate } from 'react-router';
import { leaveFor } from './leave-for.ts';
import { paths } from './paths.ts';
import { useSubmit } from './use-submit.ts';

/** Signs out of Junction, and at the identity provider where the session came from one. `options` are for leaving the page at hand. */
export const useSignOut = (options: NavigateOptions) => {
  const navigate = useNavigate();
  return useSubmit(contract.deleteSession, {
    onSuccess: async ({ providerUrl }) => {
      // First, because the browser may keep the page that is left for its Back button.
      await navigate(paths.signIn(), options);
      if (providerUrl !== null) leaveFor(providerUrl);
    },
  });
};
