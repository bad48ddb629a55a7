import { makeStyles } from '@fluentui/react';
import { Fragment, type ReactNode } from 'react';

const useStyles = makeStyles((theme) => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 240px) minmax(0, 1fr)',
    gap: '4px 16px',
    margin: 0,
    lineHeight: '20px',
    '@media (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr)', gap: 0 },
  },
  term: { color: theme.semanticColors.bodySubtext },
  value: { margin: 0, overflowWrap: 'anywhere', '@media (max-width: 639px)': { marginBottom: 8 } },
}));

/** What was chosen, a line each; on a phone the value stands below its name, as both are long. */
export const ReviewList = ({ items }: { items: readonly { term: string; value: ReactNode }[] }) => {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {items.map(({ term, value }) => (
        <Fragment key={term}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.value}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
};
