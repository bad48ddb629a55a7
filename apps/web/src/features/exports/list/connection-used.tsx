import { makeStyles } from '@fluentui/react';
import type { ExportRow } from '@junction/contracts';
import { TwoLines } from '../../../ui/data-table/cell-lines.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';

const useStyles = makeStyles((theme) => ({
  none: { color: theme.semanticColors.bodySubtext, fontStyle: 'italic' },
  health: { display: 'block', fontSize: 12, lineHeight: '16px', color: theme.semanticColors.bodySubtext },
}));

/** The connection that an export writes over; how it is, in lists only where that is not simply well. */
export const ConnectionUsed = ({
  connection,
  isInFull = false,
}: Pick<ExportRow, 'connection'> & { isInFull?: boolean }) => {
  const styles = useStyles();
  if (connection === null) return <span className={styles.none}>No connection</span>;
  return (
    <>
      <TwoLines>{connection.name}</TwoLines>
      {(isInFull || connection.health !== 'healthy') && (
        <span className={styles.health}>
          <StatusBadge status={connection.health} />
        </span>
      )}
    </>
  );
};
