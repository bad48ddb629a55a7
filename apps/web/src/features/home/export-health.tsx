import { DefaultButton } from '@fluentui/react';
import { type ExportSummary, exportStatuses } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { exportCount } from '../../lib/words.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { exportSummaryQuery } from './api.ts';
import { StatusTiles } from './status-tiles.tsx';
import { SummaryCard } from './summary-card.tsx';

const textOf = ({ total }: ExportSummary): string => {
  if (total === 0) return 'An export says what is sent over a connection, and how often. There is none yet.';
  return total === 1 ? 'One export is defined.' : `${exportCount(total)} are defined.`;
};

/** How many exports there are in each state, each a link to those exports. */
export const ExportHealth = ({ environmentId, canCreate }: { environmentId: string; canCreate: boolean }) => {
  const navigate = useNavigate();
  const summary = useQuery(exportSummaryQuery(environmentId));
  return (
    <SummaryCard title="Exports" summary={summary} textOf={textOf}>
      {({ total, byStatus }) =>
        total > 0 ? (
          <StatusTiles
            tiles={exportStatuses
              .filter((status) => (byStatus[status] ?? 0) > 0)
              .map((status) => ({
                key: status,
                badge: <StatusBadge status={status} />,
                count: byStatus[status] ?? 0,
                to: `${paths.exports(environmentId)}?status=${status}`,
              }))}
            all={{ text: 'All exports', to: paths.exports(environmentId) }}
          />
        ) : (
          canCreate && <DefaultButton text="Add export" onClick={() => void navigate(paths.newExport(environmentId))} />
        )
      }
    </SummaryCard>
  );
};
