import { makeStyles } from '@fluentui/react';
import { Fragment, type ReactNode } from 'react';

const useStyles = makeStyles((theme) => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, max-content) minmax(0, 1fr)',
    gap: '8px 16px',
    margin: 0,
  },
  term: { color: theme.semanticColors.bodySubtext },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

/** Names and values of a thing, one below the other. */
export const DetailList = ({ items }: { items: readonly { term: string; value: ReactNode }[] }) => {
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
