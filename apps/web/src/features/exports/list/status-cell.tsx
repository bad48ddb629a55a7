import { makeStyles } from '@fluentui/react';
import type { ExportRow } from '@junction/contracts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useViewer } from '../../../ui/viewer.tsx';
import { inactiveSentence, inactiveWords, plainText } from '../inactive-words.ts';

const useStyles = makeStyles((theme) => ({
  reason: {
    display: 'block',
    marginInlineStart: 22,
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
  },
}));

/** How an export is, and under "Inactive" why; the whole sentence on hover. */
export const StatusCell = ({ status, inactive }: Pick<ExportRow, 'status' | 'inactive'>) => {
  const styles = useStyles();
  const viewer = useViewer();
  const now = useNow();
  return (
    <>
      <StatusBadge status={status} />
      {status === 'inactive' && inactive !== null && (
        <span className={styles.reason} title={plainText(inactiveSentence(inactive, now, viewer))}>
          {inactiveWords[inactive.because]}
        </span>
      )}
    </>
  );
};
