import { useNavigate } from 'react-router';
import { paths } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';

/** For a page that exists but is not for this person's role. */
export const NoAccessPage = () => {
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title="No access" />
      <EmptyState
        icon="Lock"
        title="Your role does not open this page"
        text="An admin of this environment can change your role. What you can do here is on the home page."
        action={{ text: 'Go to home', onClick: () => navigate(paths.home()) }}
      />
    </>
  );
};
