import { Outlet } from 'react-router';
import { useLiveRuns } from '../../lib/live-runs.ts';
import { useEnvironment } from '../../lib/session.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ExportsTable } from './list/exports-table.tsx';

/** Where everybody sees what is sent where and how often, and whoever may use a connection decides it. */
export const ExportsPage = () => {
  const environment = useEnvironment();
  useLiveRuns(environment.id);
  return (
    <>
      <PageHeader
        title="Exports"
        purpose="Each export says which entities go over which connection, what of them, and how often."
      />
      <ExportsTable environment={environment} />
      <Outlet />
    </>
  );
};
