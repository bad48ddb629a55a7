import { makeStyles, mergeStyles } from '@fluentui/react';
import type { Status } from '@junction/contracts';
import { formatNumber } from '../../lib/words.ts';
import { type Group, groups, groupTitles } from './status-view.ts';

const useStyles = makeStyles((theme) => ({
  list: {
    display: 'grid',
    gap: 8,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(150px, 100%), 1fr))',
    border: 0,
    margin: '16px 0',
    padding: 0,
    minWidth: 0,
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    gap: 2,
    padding: '9px 15px',
    textAlign: 'start',
    font: 'inherit',
    color: theme.semanticColors.bodyText,
    background: theme.semanticColors.bodyBackground,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    cursor: 'pointer',
    ':hover': { background: theme.semanticColors.listItemBackgroundHovered },
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}`, outlineOffset: '1px' },
  },
  pressed: {
    borderColor: theme.palette.themePrimary,
    boxShadow: `inset 0 0 0 1px ${theme.palette.themePrimary}`,
    '@media (forced-colors: active)': { outline: '2px solid Highlight' },
  },
  count: { fontSize: 20, lineHeight: '26px', fontWeight: 600, fontVariantNumeric: 'tabular-nums' },
  title: { fontSize: 12, lineHeight: '16px', color: theme.semanticColors.bodySubtext },
}));

type Props = { status: Status; chosen: Group | undefined; onChoose: (group: Group | undefined) => void };

/** How many there are in each group; pressing one shows that group alone, pressing it again all of them. */
export const GroupTiles = ({ status, chosen, onChoose }: Props) => {
  const styles = useStyles();
  return (
    <fieldset className={styles.list} aria-label="Show one group">
      {groups.map((group) => (
        <button
          key={group}
          type="button"
          className={mergeStyles(styles.tile, group === chosen && styles.pressed)}
          aria-pressed={group === chosen}
          onClick={() => onChoose(group === chosen ? undefined : group)}
        >
          <span className={styles.count}>{formatNumber(status[group].total)}</span>
          <span className={styles.title}>{groupTitles[group]}</span>
        </button>
      ))}
    </fieldset>
  );
};
