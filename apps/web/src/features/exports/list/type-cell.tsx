import { makeStyles } from '@fluentui/react';
import { connectorLabel } from '../../../lib/words.ts';
import { ConnectorLogo } from '../../../ui/connector-logo.tsx';
import { TwoLines } from '../../../ui/data-table/cell-lines.tsx';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', alignItems: 'center', gap: 8, minWidth: 0 },
  none: { color: theme.semanticColors.bodySubtext },
}));

/** The type of an export's connection, or of the one it lost. */
export const TypeCell = ({ type }: { type: string | null }) => {
  const styles = useStyles();
  if (type === null)
    return (
      <span className={styles.none} title="It has never been connected">
        —
      </span>
    );
  return (
    <span className={styles.root}>
      <ConnectorLogo type={type} size={24} />
      <TwoLines>{connectorLabel(type)}</TwoLines>
    </span>
  );
};
