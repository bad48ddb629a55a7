import { Link as FluentLink } from '@fluentui/react';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useCan } from '../../lib/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

/** In place of a report that there is none of yet. */
export const FirstImport = ({ environmentId, connectionId }: { environmentId: string; connectionId: string }) => {
  const can = useCan();
  return (
    <EmptyState
      icon="Sync"
      title="The first import is under way"
      text={
        <>
          The report appears here by itself once the customers of this connection were read.{' '}
          {can('connection:read', environmentId) ? (
            <FluentLink as={Link} underline to={paths.connection(environmentId, connectionId)}>
              How far that is stands at the connection
            </FluentLink>
          ) : (
            'If that takes long, ask an admin: they see how far it is'
          )}
          .
        </>
      }
    />
  );
};
