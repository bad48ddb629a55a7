import { Link as FluentLink } from '@fluentui/react';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useCan } from '../../lib/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

type Props = { environmentId: string; connectionId: string; hasFailed: boolean };

const underWay = {
  title: 'The first import is under way',
  text: 'The report appears here by itself once the customers of this connection were read.',
  link: 'How far that is stands at the connection',
  ask: 'If that takes long, ask an admin: they see how far it is',
};

const failed = {
  title: 'The first import failed',
  text: 'The customers of this connection could not be read yet. The report appears here by itself once they were.',
  link: 'Why, and what to do about it, stands at the connection',
  ask: 'Ask an admin: they see why, and what to do about it',
};

/** In place of a report that there is none of yet. */
export const FirstImport = ({ environmentId, connectionId, hasFailed }: Props) => {
  const can = useCan();
  const words = hasFailed ? failed : underWay;
  return (
    <EmptyState
      icon={hasFailed ? 'Warning' : 'Sync'}
      title={words.title}
      text={
        <>
          {words.text}{' '}
          {can('connection:read', environmentId) ? (
            <FluentLink as={Link} underline to={paths.connection(environmentId, connectionId)}>
              {words.link}
            </FluentLink>
          ) : (
            words.ask
          )}
          .
        </>
      }
    />
  );
};
