import { makeStyles } from '@fluentui/react';
import type { RunDetails, RunEntity } from '@junction/contracts';
import { counted, sizeInWords } from '../../../lib/sizes.ts';
import { formatNumber } from '../../../lib/words.ts';
import { PathLine } from '../../../ui/path-line.tsx';

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0, borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
  entry: { padding: '8px 0', borderBottom: `1px solid ${theme.semanticColors.bodyDivider}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: '0 12px', justifyContent: 'space-between' },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, fontVariantNumeric: 'tabular-nums' },
}));

/** What of each entity is written so far, and where while it is there. */
export const RunEntities = ({ run: { entities, finishedAt, filesRemovedAt } }: { run: RunDetails }) => {
  const styles = useStyles();
  if (entities.length === 0)
    return (
      <p className={styles.quiet}>
        {finishedAt === null ? 'They are known once the metadata is read.' : 'The run ended before they were known.'}
      </p>
    );
  return (
    <ul className={styles.list} aria-label="Entities">
      {entities.map((entity) => (
        <li key={entity.name} className={styles.entry}>
          <div className={styles.head}>
            <span className={styles.name}>{entity.name}</span>
            <span className={styles.quiet}>{entityWords(entity)}</span>
          </div>
          {entity.folder !== null && filesRemovedAt === null && (
            <>
              <PathLine path={entity.folder} what={`path of ${entity.name}`} />
              {entity.rowsRejected > 0 && (
                <PathLine path={`${entity.folder}/_rejected`} what={`path of the rows of ${entity.name} set aside`} />
              )}
            </>
          )}
        </li>
      ))}
    </ul>
  );
};

const entityWords = ({ parts, rowsWritten, rowsRejected, bytesWritten }: RunEntity): string =>
  [
    ...(parts.done < parts.total ? [`${formatNumber(parts.done)} of ${counted(parts.total, 'part')}`] : []),
    counted(rowsWritten, 'row'),
    ...(rowsRejected === 0 ? [] : [`${counted(rowsRejected, 'row')} set aside`]),
    sizeInWords(bytesWritten),
  ].join(', ');
