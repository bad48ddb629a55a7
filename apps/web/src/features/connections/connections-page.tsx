import { Pivot, PivotItem } from '@fluentui/react';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useMatch, useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { useOpenedFrom } from '../../ui/panel-navigation.ts';
import { DiscoverView } from './discover/discover-view.tsx';
import { ConnectionsTable } from './list/connections-table.tsx';
import { RemovedTable } from './removed/removed-table.tsx';
import { draftsQuery } from './wizard/drafts.ts';
import { DraftsBar } from './wizard/drafts-bar.tsx';

type PivotKey = 'discover' | 'connections' | 'removed';

const addresses: Readonly<Record<PivotKey, (environmentId: string) => string>> = {
  discover: paths.discover,
  connections: paths.connections,
  removed: paths.removedConnections,
};

/** The three of them fit into 320 px. */
const closerWhereNarrow = { '@media (max-width: 359px)': { padding: '0 4px', marginRight: 0 } };

const tabId = (key: string) => `connections-tab-${key}`;

/** Where administrators see and set up the connections of an environment. Panes and dialogs open over either pivot. */
export const ConnectionsPage = () => {
  const { id: environmentId } = useEnvironment();
  const navigate = useNavigate();
  const discover = paths.discover(environmentId);
  const isAtDiscover = useMatch('/e/:environmentId/connections/discover') !== null;
  // A pane that was opened from a tile keeps the tiles behind it.
  const wasAtDiscover = useOpenedFrom() === discover;
  const isAtRemoved = useMatch('/e/:environmentId/connections/removed/*') !== null;
  const pivot: PivotKey = isAtRemoved ? 'removed' : isAtDiscover || wasAtDiscover ? 'discover' : 'connections';
  // A list that cannot be read is not worth an error here.
  const drafts = useQuery(draftsQuery(environmentId)).data?.value ?? [];
  return (
    <>
      <PageHeader
        title="Connections"
        purpose="Each connection keeps the credentials for one service, and the consent to share data with it."
      />
      {pivot !== 'removed' && <DraftsBar environmentId={environmentId} drafts={drafts} />}
      <Pivot
        aria-label="Connections"
        headersOnly
        selectedKey={pivot}
        getTabId={tabId}
        onLinkClick={(item) =>
          void navigate(addresses[(item?.props.itemKey ?? 'connections') as PivotKey](environmentId))
        }
        styles={{
          root: { marginBottom: 16, marginInlineStart: -8 },
          link: closerWhereNarrow,
          linkIsSelected: closerWhereNarrow,
        }}
      >
        <PivotItem itemKey="discover" headerText="Discover" />
        <PivotItem itemKey="connections" headerText="Connections" />
        <PivotItem itemKey="removed" headerText="Removed" />
      </Pivot>
      <div role="tabpanel" aria-labelledby={tabId(pivot)}>
        {pivot === 'discover' && <DiscoverView environmentId={environmentId} />}
        {pivot === 'connections' && <ConnectionsTable environmentId={environmentId} />}
        {pivot === 'removed' && <RemovedTable environmentId={environmentId} />}
      </div>
      <Outlet />
    </>
  );
};
