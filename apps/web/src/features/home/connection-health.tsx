import { PrimaryButton } from '@fluentui/react';
import { connectionStatuses } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { connectionCount } from '../../lib/words.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { connectionSummaryQuery } from './api.ts';
import { StatusTiles } from './status-tiles.tsx';
import { SummaryCard } from './summary-card.tsx';

const textOf = ({ total }: { total: number }): string => {
  if (total === 0)
    return 'A connection says where data may go and keeps the credentials for it. None is set up in this environment yet.';
  return total === 1 ? 'One connection is set up.' : `${connectionCount(total)} are set up.`;
};

/** How many connections there are in each state, each a link to those connections. */
export const ConnectionHealth = ({ environmentId }: { environmentId: string }) => {
  const navigate = useNavigate();
  const summary = useQuery(connectionSummaryQuery(environmentId));
  return (
    <SummaryCard title="Connections" summary={summary} textOf={textOf}>
      {({ total, byStatus }) =>
        total === 0 ? (
          <PrimaryButton text="Add connection" onClick={() => void navigate(paths.discover(environmentId))} />
        ) : (
          <StatusTiles
            tiles={connectionStatuses
              .filter((status) => (byStatus[status] ?? 0) > 0)
              .map((status) => ({
                key: status,
                badge: <StatusBadge status={status} />,
                count: byStatus[status] ?? 0,
                to: `${paths.connections(environmentId)}?status=${status}`,
              }))}
            all={{ text: 'All connections', to: paths.connections(environmentId) }}
          />
        )
      }
    </SummaryCard>
  );
};
