import { Link as FluentLink, makeStyles } from '@fluentui/react';
import type { Connection } from '@junction/contracts';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { exportCount } from '../../lib/words.ts';

// In a list only the name stands out.
const useStyles = makeStyles({ link: { '.ms-DetailsRow-cell a&': { fontWeight: 400 } } });

/** How many exports use a connection, leading to them. */
export const UsedByLink = ({ connection }: { connection: Pick<Connection, 'id' | 'environmentId' | 'usedBy'> }) => {
  const styles = useStyles();
  return connection.usedBy === 0 ? (
    exportCount(0)
  ) : (
    <FluentLink
      className={styles.link}
      as={Link}
      to={paths.exportsOver(connection.environmentId, connection.id)}
      data-selection-disabled
    >
      {exportCount(connection.usedBy)}
    </FluentLink>
  );
};
