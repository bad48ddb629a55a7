import { makeStyles } from '@fluentui/react';
import type { RunEntity } from '@junction/contracts';
import { counted, sizeInWords } from '../../../lib/sizes.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: { padding: '8px 0', borderBottom: `1px solid ${theme.semanticColors.bodyDivider}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: '0 12px', justifyContent: 'space-between' },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, fontVariantNumeric: 'tabular-nums' },
  place: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 8 },
  path: { fontFamily: "Consolas, 'Liberation Mono', Menlo, monospace", fontSize: 12, overflowWrap: 'anywhere' },
}));

/** What of each entity is written so far, and where. */
export const RunEntities = ({ entities }: { entities: readonly RunEntity[] }) => {
  const styles = useStyles();
  if (entities.length === 0) return <p className={styles.quiet}>They are known once the metadata is read.</p>;
  return (
    <ul className={styles.list}>
      {entities.map((entity) => (
        <li key={entity.name} className={styles.entry}>
          <div className={styles.head}>
            <span className={styles.name}>{entity.name}</span>
            <span className={styles.quiet}>{entityWords(entity)}</span>
          </div>
          {entity.folder !== null && (
            <div className={styles.place}>
              <span className={styles.path}>{entity.folder}</span>
              <CopyButton text={entity.folder} what="path" />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
};

const entityWords = ({ parts, rowsWritten, rowsRejected, bytesWritten }: RunEntity): string =>
  [
    ...(parts.done < parts.total ? [`${parts.done} of ${counted(parts.total, 'part')}`] : []),
    counted(rowsWritten, 'row'),
    ...(rowsRejected === 0 ? [] : [`${counted(rowsRejected, 'row')} set aside`]),
    sizeInWords(bytesWritten),
  ].join(', ');
