import { Outlet, useMatch } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** Who may do what in an environment: people, groups that give roles, service accounts. Each part is a child route. */
export const MembersPage = () => {
  const { id, name } = useEnvironment();
  const isAtGroups = useMatch('/e/:environmentId/members/groups/*') !== null;
  const isAtServiceAccounts = useMatch('/e/:environmentId/members/service-accounts/*') !== null;
  const addressOf = isAtGroups ? paths.groupRoles : isAtServiceAccounts ? paths.serviceAccounts : paths.members;
  return (
    <>
      <PageHeader
        title="Members"
        purpose={`Who belongs to ${name}, and what their role allows. Changes hold from their next request on.`}
      />
      <LinkTabs
        label="Kinds of members"
        current={addressOf(id)}
        tabs={[
          { text: 'People', to: paths.members(id) },
          { text: 'Groups', to: paths.groupRoles(id) },
          { text: 'Service accounts', to: paths.serviceAccounts(id) },
        ]}
      />
      <Outlet />
    </>
  );
};
