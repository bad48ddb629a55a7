import { Icon, Link, makeStyles } from '@fluentui/react';
import type { ColumnChoice, ExportEntity } from '@junction/contracts';
import { formatNumber, someNames } from '../../../lib/words.ts';
import { filterInWords } from '../form/filter-words.ts';

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0, borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
  entity: {
    padding: '10px 0',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
    overflowWrap: 'anywhere',
    lineHeight: '20px',
  },
  head: { display: 'flex', justifyContent: 'space-between', gap: 12 },
  name: { fontWeight: 600 },
  preview: { flexShrink: 0, alignSelf: 'flex-start' },
  quiet: { color: theme.semanticColors.bodySubtext },
  problem: { display: 'flex', gap: 8, marginTop: 4 },
  icon: { color: theme.semanticColors.errorIcon, fontSize: 16, lineHeight: '20px', flexShrink: 0 },
}));

/** "All columns", or how many and which, with the new names of those that have one. */
const columnsInWords = (columns: ColumnChoice): string => {
  if (columns === 'all') return 'All columns';
  const names = columns.map(({ name, as }) => (as === undefined || as === name ? name : `${name} as ${as}`));
  return `${formatNumber(columns.length)} ${columns.length === 1 ? 'column' : 'columns'}: ${someNames(names)}`;
};

type Props = {
  entities: readonly ExportEntity[];
  /** Absent for who may not see data. */
  onPreview?: (entityId: string) => unknown;
};

/** What of which entities is sent, and which of them cannot be read; with the way to their first rows. */
export const Entities = ({ entities, onPreview }: Props) => {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Entities">
      {entities.map(({ entityId, name, source, columns, filter, problem, mayPreview }) => (
        <li key={entityId} className={styles.entity}>
          <div className={styles.head}>
            <span>
              <span className={styles.name}>{name}</span> <span className={styles.quiet}>from {source.name}</span>
            </span>
            {onPreview && mayPreview && problem === null && (
              <Link className={styles.preview} aria-label={`Preview ${name}`} onClick={() => void onPreview(entityId)}>
                Preview
              </Link>
            )}
          </div>
          <div>{columnsInWords(columns)}</div>
          <div>{filter === null ? filterInWords(null) : `Rows where ${filterInWords(filter)}`}</div>
          {problem !== null && (
            <div className={styles.problem}>
              <Icon iconName="Failed" className={styles.icon} aria-hidden />
              <span>
                {problem.message} {problem.remedy}
              </span>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
};
