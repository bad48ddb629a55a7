import type { Action } from '@junction/contracts';
import { Outlet, useParams } from 'react-router';
import { useCan } from '../lib/session.ts';
import { NoAccessPage } from './no-access-page.tsx';

/** Shows the pages below only to who may take the action here; the server decides again at each request. */
export const RequireAction = ({ action }: { action: Action }) => {
  const can = useCan();
  const { environmentId } = useParams();
  return can(action, environmentId) ? <Outlet /> : <NoAccessPage />;
};
