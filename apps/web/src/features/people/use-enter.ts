import type { Me } from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { meQuery } from '../../lib/session.ts';
import { leaveUnguarded } from '../../ui/leave-guard.tsx';

/** Begins a session in the browser: nothing of an earlier one stays, and the page asked for comes next. */
export const useEnter = (): ((me: Me, to: string) => Promise<void>) => {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async (me, to) => {
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, me);
    await navigate(to, { replace: true, ...leaveUnguarded });
  };
};
