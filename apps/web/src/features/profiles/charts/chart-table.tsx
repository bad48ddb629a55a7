import { Link as FluentLink, makeStyles } from '@fluentui/react';
import { formatNumber } from '../../../lib/words.ts';
import type { Mark } from '../marks.ts';
import { shareWords } from '../shares.ts';

const useStyles = makeStyles((theme) => ({
  table: { width: '100%', borderCollapse: 'collapse', lineHeight: '20px' },
  caption: { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
  head: {
    textAlign: 'start',
    fontWeight: 600,
    padding: '6px 8px 6px 0',
    borderBottom: `1px solid ${theme.palette.neutralTertiaryAlt}`,
  },
  cell: {
    textAlign: 'start',
    fontWeight: 400,
    padding: '6px 8px 6px 0',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
    overflowWrap: 'anywhere',
  },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums', paddingInlineEnd: 0, whiteSpace: 'nowrap' },
}));

type Props = {
  title: string;
  /** What its first column has, and what is counted. */
  head: readonly [value: string, count: string];
  marks: readonly Mark[];
  chosen?: string;
  onChoose?: (key: string) => void;
};

/** What a chart shows, as a table; its values filter like the bars. */
export const ChartTable = ({ title, head: [value, count], marks, chosen, onChoose }: Props) => {
  const styles = useStyles();
  const hasShares = marks.some(({ share }) => share !== null);
  const number = `${styles.cell} ${styles.number}`;
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{title}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.head}>
            {value}
          </th>
          <th scope="col" className={`${styles.head} ${styles.number}`}>
            {count}
          </th>
          {hasShares && (
            <th scope="col" className={`${styles.head} ${styles.number}`}>
              Share
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {marks.map((mark) => (
          <tr key={mark.key}>
            <th scope="row" className={styles.cell}>
              {onChoose && (mark.isChoosable || mark.key === chosen) ? (
                <FluentLink
                  underline
                  aria-pressed={mark.key === chosen}
                  aria-label={`${mark.name}, filter`}
                  onClick={() => onChoose(mark.key)}
                >
                  {mark.key === chosen ? `✓ ${mark.name}` : mark.name}
                </FluentLink>
              ) : (
                mark.name
              )}
            </th>
            <td className={number}>{mark.people === null ? 'Hidden' : formatNumber(mark.people)}</td>
            {hasShares && <td className={number}>{mark.share === null ? '' : shareWords(mark.share)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
