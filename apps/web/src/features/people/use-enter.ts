import type { Me } from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { beginSession } from '../../lib/session.ts';
import { leaveUnguarded } from '../../ui/leave-guard.tsx';

/** Begins a session in the browser and goes on to the page that was asked for. */
export const useEnter = (): ((me: Me, to: string) => Promise<void>) => {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async (me, to) => {
    beginSession(queryClient, me);
    await navigate(to, { replace: true, ...leaveUnguarded });
  };
};
