import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import { NothingHere } from '../../lib/errors.ts';
import { paths } from '../../lib/paths.ts';
import { profileReportsQuery } from '../../lib/profile-reports.ts';
import { useEnvironment } from '../../lib/session.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingReport } from './loading-report.tsx';
import { ReportPage } from './report-page.tsx';

/** Where those who were given access see what is known of customers, as counts: the report that the address names, else the first one. */
export const ProfilesPage = () => {
  const { id: environmentId } = useEnvironment();
  const { connectionId } = useParams();
  const { data: reports, error, refetch } = useQuery(profileReportsQuery(environmentId));
  if (reports === undefined)
    return error === null ? (
      <LoadingReport />
    ) : (
      <ErrorState title="The reports could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  if (connectionId !== undefined)
    return (
      <ReportPage key={connectionId} environmentId={environmentId} connectionId={connectionId} reports={reports} />
    );
  const [first] = reports;
  if (first === undefined) throw new NothingHere();
  return <Navigate to={paths.profileReport(environmentId, first.connection.id)} replace />;
};
