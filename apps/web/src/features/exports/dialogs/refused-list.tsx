import { MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import type { BulkResult } from '@junction/contracts';
import { exportCount } from '../../../lib/words.ts';

const useStyles = makeStyles((theme) => ({
  list: {
    listStyle: 'none',
    margin: '12px 0 0',
    padding: 0,
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  item: { padding: '8px 0', borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`, overflowWrap: 'anywhere' },
  name: { fontWeight: 600, display: 'block' },
  reason: { color: theme.semanticColors.bodySubtext },
}));

/** What became of a request about several exports: how many are done, and each that is not with its reason. */
export const RefusedList = ({ result }: { result: BulkResult }) => {
  const styles = useStyles();
  return (
    <div>
      <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
        {result.done.length === 0 ? 'Nothing was changed.' : `Done for ${exportCount(result.done.length)}.`} Not done
        for {exportCount(result.refused.length)}:
      </MessageBar>
      <ul className={styles.list} aria-label="Not done">
        {result.refused.map(({ id, name, message }) => (
          <li key={id} className={styles.item}>
            <span className={styles.name}>{name ?? 'An export that is not there any more'}</span>
            <span className={styles.reason}>{message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};
