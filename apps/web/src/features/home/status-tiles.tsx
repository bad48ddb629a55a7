import { Link as FluentLink, makeStyles } from '@fluentui/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatNumber } from '../../lib/words.ts';

const useStyles = makeStyles((theme) => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: 8,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
  },
  item: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: 8,
    alignItems: 'center',
    padding: '12px 16px',
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 4,
    color: theme.semanticColors.bodyText,
    textDecoration: 'none',
    ':hover': { background: theme.semanticColors.listItemBackgroundHovered },
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}` },
  },
  count: { fontSize: 20, fontWeight: 600, fontVariantNumeric: 'tabular-nums' },
  more: { margin: '16px 0 0' },
}));

type Tile = { key: string; badge: ReactNode; count: number; to: string };

/** How many things there are in each state, each a link to those things; and a link to all of them. */
export const StatusTiles = ({ tiles, all }: { tiles: readonly Tile[]; all: { text: string; to: string } }) => {
  const styles = useStyles();
  return (
    <>
      <ul className={styles.list}>
        {tiles.map(({ key, badge, count, to }) => (
          <li key={key}>
            <Link to={to} className={styles.item}>
              {badge}
              <span className={styles.count}>{formatNumber(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className={styles.more}>
        <FluentLink as={Link} to={all.to}>
          {all.text}
        </FluentLink>
      </p>
    </>
  );
};
