import { makeStyles } from '@fluentui/react';
import type { Preview } from '@junction/contracts';
import { formatNumber } from '../../../lib/words.ts';

const useStyles = makeStyles((theme) => ({
  scroll: {
    overflow: 'auto',
    maxHeight: 'calc(100vh - 260px)',
    minHeight: 160,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 4,
  },
  table: { borderCollapse: 'separate', borderSpacing: '0', fontSize: 12, lineHeight: '16px' },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    padding: '8px 12px',
    textAlign: 'start',
    fontWeight: 600,
    whiteSpace: 'nowrap',
    background: theme.semanticColors.bodyStandoutBackground,
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  cell: {
    padding: '6px 12px',
    maxWidth: 280,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    // Blanks are part of a value.
    whiteSpace: 'pre',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  number: {
    color: theme.semanticColors.bodySubtext,
    fontWeight: 400,
    textAlign: 'end',
    fontVariantNumeric: 'tabular-nums',
  },
  none: { color: theme.semanticColors.bodySubtext, fontStyle: 'italic' },
}));

/** The rows of a preview; a value that is not there is told from a text that is empty. */
export const PreviewTable = ({ preview: { entity, columns, rows } }: { preview: Preview }) => {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is in reach of the keyboard
    <section className={styles.scroll} aria-label={`Rows of ${entity}`} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={`${styles.head} ${styles.number}`}>
              Row
            </th>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have their place and nothing else that is theirs alone
              <th key={index} scope="col" className={styles.head}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((values, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name, and never change
            <tr key={row}>
              <th scope="row" className={`${styles.cell} ${styles.number}`}>
                {formatNumber(row + 1)}
              </th>
              {values.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: values have their place only
                <td key={index} className={styles.cell} title={value ?? undefined}>
                  {value ?? <span className={styles.none}>null</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
