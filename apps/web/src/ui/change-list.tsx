import { makeStyles } from '@fluentui/react';

type Change = { field: string; before: string | undefined; after: string | undefined };

const useStyles = makeStyles((theme) => ({
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  cell: {
    textAlign: 'start',
    verticalAlign: 'top',
    padding: '8px 8px 8px 0',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
    overflowWrap: 'anywhere',
    fontWeight: 400,
  },
  head: { fontWeight: 600 },
  none: { color: theme.semanticColors.bodySubtext },
}));

/** Values before and after a change, field by field. */
export const ChangeList = ({ changes }: { changes: readonly Change[] }) => {
  const styles = useStyles();
  const value = (text: string | undefined) =>
    text === undefined ? (
      <span className={styles.none}>Not set</span>
    ) : text === '' ? (
      <span className={styles.none}>Empty</span>
    ) : (
      text
    );
  const head = `${styles.cell} ${styles.head}`;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={head}>
            Field
          </th>
          <th scope="col" className={head}>
            Before
          </th>
          <th scope="col" className={head}>
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row" className={styles.cell}>
              {field}
            </th>
            <td className={styles.cell}>{value(before)}</td>
            <td className={styles.cell}>{value(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
