import { makeStyles } from '@fluentui/react';
import { useCan, useEnvironment, useMe } from '../../lib/session.ts';
import { environmentTypeWords, roleWords } from '../../lib/words.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ConnectionHealth } from './connection-health.tsx';
import { ExportHealth } from './export-health.tsx';
import { StatusLine } from './status-line.tsx';
import { YourPlace } from './your-place.tsx';

const useStyles = makeStyles({ cards: { display: 'flex', flexDirection: 'column', gap: 16 } });

/** How the environment stands, and its connections and exports; what one can do here and whom to ask, for those who do not manage connections. */
export const HomePage = () => {
  const styles = useStyles();
  const environment = useEnvironment();
  const me = useMe();
  const can = useCan();
  const managesConnections = can('connection:list', environment.id);
  return (
    <>
      <PageHeader
        title={environment.name}
        purpose={`${environmentTypeWords[environment.type]} environment. You are signed in as ${me.name}, ${roleWords[environment.role].toLowerCase()}.`}
      />
      <div className={styles.cards}>
        <StatusLine environmentId={environment.id} />
        {managesConnections ? (
          <ConnectionHealth environmentId={environment.id} />
        ) : (
          <YourPlace environment={environment} />
        )}
        <ExportHealth
          environmentId={environment.id}
          // Who has no connection to define one over is told so above.
          canCreate={managesConnections}
        />
      </div>
    </>
  );
};
