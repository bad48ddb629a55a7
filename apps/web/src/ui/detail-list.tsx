import { makeStyles } from '@fluentui/react';
import { Fragment, type ReactNode } from 'react';

const useStyles = makeStyles((theme) => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, max-content) minmax(0, 1fr)',
    gap: '8px 16px',
    margin: 0,
  },
  // Both are long: on a phone the value stands below its name.
  onPage: {
    gridTemplateColumns: 'minmax(0, 240px) minmax(0, 1fr)',
    gap: '0 16px',
    lineHeight: '20px',
    '& > dd': { marginBottom: 8 },
    '@media (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  term: { color: theme.semanticColors.bodySubtext },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

type Props = { items: readonly { term: string; value: ReactNode }[]; isOnPage?: boolean };

/** Names and values of a thing, one below the other; in a pane, or with more room on a page. */
export const DetailList = ({ items, isOnPage = false }: Props) => {
  const styles = useStyles();
  return (
    <dl className={isOnPage ? `${styles.list} ${styles.onPage}` : styles.list}>
      {items.map(({ term, value }) => (
        <Fragment key={term}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.value}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
};
