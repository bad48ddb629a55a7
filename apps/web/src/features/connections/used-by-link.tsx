import { Link as FluentLink } from '@fluentui/react';
import type { Connection } from '@junction/contracts';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { exportCount } from '../../lib/words.ts';

/** How many exports use a connection, leading to them. */
export const UsedByLink = ({ connection }: { connection: Pick<Connection, 'id' | 'environmentId' | 'usedBy'> }) =>
  connection.usedBy === 0 ? (
    exportCount(0)
  ) : (
    <FluentLink as={Link} to={paths.exportsOver(connection.environmentId, connection.id)} data-selection-disabled>
      {exportCount(connection.usedBy)}
    </FluentLink>
  );
