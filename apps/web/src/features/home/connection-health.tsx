import { Link as FluentLink, makeStyles, PrimaryButton, Shimmer } from '@fluentui/react';
import { type ConnectionStatus, connectionStatuses } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { connectionSummaryQuery } from './api.ts';

const useStyles = makeStyles((theme) => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: 8,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
  },
  item: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: 8,
    alignItems: 'center',
    padding: '12px 16px',
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 4,
    color: theme.semanticColors.bodyText,
    textDecoration: 'none',
    ':hover': { background: theme.semanticColors.listItemBackgroundHovered },
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}` },
  },
  count: { fontSize: 20, fontWeight: 600, fontVariantNumeric: 'tabular-nums' },
  more: { margin: '16px 0 0' },
}));

/** How many connections there are in each state, each a link to those connections. */
export const ConnectionHealth = ({ environmentId }: { environmentId: string }) => {
  const styles = useStyles();
  const navigate = useNavigate();
  const summary = useQuery(connectionSummaryQuery(environmentId));
  if (summary.isError && !summary.data) {
    return (
      <Card title="Connections">
        <ErrorState error={summary.error} onRetry={() => summary.refetch()} />
      </Card>
    );
  }
  if (!summary.data) {
    return (
      <Card title="Connections">
        <Shimmer />
      </Card>
    );
  }
  if (summary.data.total === 0) {
    return (
      <Card
        title="Connections"
        text="A connection says where data may go and keeps the credentials for it. None is set up in this environment yet."
      >
        <PrimaryButton text="Add connection" onClick={() => void navigate(paths.discover(environmentId))} />
      </Card>
    );
  }
  const { total, byStatus } = summary.data;
  const shown = connectionStatuses.filter((status) => (byStatus[status] ?? 0) > 0);
  const listWith = (status: ConnectionStatus) => `${paths.connections(environmentId)}?status=${status}`;
  return (
    <Card
      title="Connections"
      text={total === 1 ? 'One connection is set up.' : `${total.toLocaleString()} connections are set up.`}
    >
      <ul className={styles.list}>
        {shown.map((status) => (
          <li key={status}>
            <Link to={listWith(status)} className={styles.item}>
              <StatusBadge status={status} />
              <span className={styles.count}>{(byStatus[status] ?? 0).toLocaleString()}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className={styles.more}>
        <FluentLink as={Link} to={paths.connections(environmentId)}>
          All connections
        </FluentLink>
      </p>
    </Card>
  );
};
