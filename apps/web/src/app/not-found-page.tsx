import { useNavigate } from 'react-router';
import { paths } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';

/** For an address that leads nowhere, or to something that is not for this person. */
export const NotFoundPage = () => {
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon="Search"
        title="There is nothing here, or not for you"
        text="It may have been removed, or it belongs to an environment that you are not a member of."
        action={{ text: 'Go to home', onClick: () => navigate(paths.home()) }}
      />
    </>
  );
};
