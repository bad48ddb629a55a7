import { Link as FluentLink, Icon, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';
import { formatNumber } from '../../lib/words.ts';

const useStyles = makeStyles((theme) => ({
  root: { borderTop: `1px solid ${theme.semanticColors.bodyDivider}`, ':first-of-type': { borderTop: 0 } },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '4px 16px',
    minHeight: 32,
    padding: '8px 16px',
    background: theme.semanticColors.bodyStandoutBackground,
    '@media (max-width: 639px)': { padding: '8px 12px' },
  },
  title: { fontSize: 14, lineHeight: '20px', fontWeight: 600, margin: 0 },
  count: { color: theme.semanticColors.bodySubtext, fontWeight: 400, fontVariantNumeric: 'tabular-nums' },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 8px',
    margin: 0,
    padding: '12px 16px',
    lineHeight: '20px',
    color: theme.semanticColors.bodySubtext,
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
    '@media (max-width: 639px)': { padding: 12 },
  },
  good: { color: theme.semanticColors.successIcon, fontSize: 16, height: 16, marginTop: 2 },
}));

export type LinkOut = { text: string; to: string };

type Props = {
  title: string;
  /** A row for each that is shown. */
  rows: readonly ReactElement[];
  /** How many the server named, and how many there are. */
  named: number;
  total: number;
  isNarrowed: boolean;
  /** What is to be said where there is none. */
  none: ReactNode;
  isNoneGood: boolean;
  /** Where all of them are, when only the first are named. */
  rest: readonly LinkOut[];
  /** A filter of this group alone. */
  filter?: ReactNode;
};

/** One group of the page under its heading, with how many there are and, where these are not all, where the others are. */
export const StatusGroup = (props: Props) => {
  const styles = useStyles();
  const titleId = useId('group');
  const { title, rows, named, total, isNarrowed, none, isNoneGood, rest, filter } = props;
  return (
    <section className={styles.root} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title} <span className={styles.count}>({countWords(props)})</span>
        </h2>
        {filter}
      </div>
      {rows.length > 0 && (
        <ul className={styles.list} aria-labelledby={titleId}>
          {rows}
        </ul>
      )}
      {total === 0 && (
        <p className={styles.line}>
          {isNoneGood && <Icon iconName="Passed" className={styles.good} aria-hidden />}
          <span>{none}</span>
        </p>
      )}
      {total > 0 && rows.length === 0 && <p className={styles.line}>None of these is left by the filters.</p>}
      {named < total && (
        <p className={styles.line}>
          <span>
            {isNarrowed
              ? `Only the first ${formatNumber(named)} of ${formatNumber(total)} are searched.`
              : `${formatNumber(named)} of ${formatNumber(total)} are shown.`}
          </span>
          {rest.map(({ text, to }) => (
            <FluentLink key={to} as={Link} underline to={to}>
              {text}
            </FluentLink>
          ))}
        </p>
      )}
    </section>
  );
};

/** "3", or "1 of 3" while some are filtered out. */
const countWords = ({ rows, total, isNarrowed }: Pick<Props, 'rows' | 'total' | 'isNarrowed'>): string =>
  isNarrowed ? `${formatNumber(rows.length)} of ${formatNumber(total)}` : formatNumber(total);
