import { isRouteErrorResponse, useRouteError } from 'react-router';
import { ApiProblem, NothingHere } from '../lib/errors.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { NoAccessPage } from './no-access-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';

/** What stands in place of a page that could not be shown. */
export const RouteError = () => {
  const error = useRouteError();
  if ((isRouteErrorResponse(error) && error.status === 404) || error instanceof NothingHere) return <NotFoundPage />;
  // invalidInput: the address holds an id that cannot be one.
  if (error instanceof ApiProblem && (error.code === 'notFound' || error.code === 'invalidInput'))
    return <NotFoundPage />;
  if (error instanceof ApiProblem && error.code === 'forbidden') return <NoAccessPage />;
  return <ErrorState title="This page could not be shown" error={error} onRetry={() => location.reload()} />;
};
