import { useCan, useEnvironment, useMe } from '../../lib/session.ts';
import { environmentTypeWords, roleWords } from '../../lib/words.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ConnectionHealth } from './connection-health.tsx';
import { YourPlace } from './your-place.tsx';

/** How things are, for those who look after them; what one can do here and whom to ask, for everybody else. */
export const HomePage = () => {
  const environment = useEnvironment();
  const me = useMe();
  const can = useCan();
  return (
    <>
      <PageHeader
        title={environment.name}
        purpose={`${environmentTypeWords[environment.type]} environment. You are signed in as ${me.name}, ${roleWords[environment.role].toLowerCase()}.`}
      />
      {can('connection:list', environment.id) ? (
        <ConnectionHealth environmentId={environment.id} />
      ) : (
        <YourPlace environment={environment} />
      )}
    </>
  );
};
