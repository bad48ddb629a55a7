import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { forgetReport, profileReportsQuery } from '../../lib/profile-reports.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** In place of a report that somebody looked at when their access was taken away. Nothing that was read of it stays. */
export const LostAccess = ({ environmentId, connectionId }: { environmentId: string; connectionId: string }) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  useEffect(() => {
    forgetReport(client, environmentId, connectionId);
    const { queryKey } = profileReportsQuery(environmentId);
    client.setQueryData(queryKey, (reports) => reports?.filter(({ connection }) => connection.id !== connectionId));
    void client.invalidateQueries({ queryKey });
  }, [client, environmentId, connectionId]);
  return (
    <>
      <PageHeader title="Profiles" />
      <div role="alert">
        <EmptyState
          icon="Lock"
          title="You no longer have access to these profiles"
          text="It was taken away while this page was open. An admin of this environment can give it to you again."
          action={{ text: 'Go to home', onClick: () => navigate(paths.environment(environmentId)) }}
        />
      </div>
    </>
  );
};
