import { makeStyles, mergeStyles } from '@fluentui/react';
import type { ReactNode } from 'react';

const useStyles = makeStyles((theme) => ({
  twoLines: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: '2',
    overflow: 'hidden',
    whiteSpace: 'normal',
    lineHeight: 18,
  },
  line: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  secondLine: {
    color: theme.semanticColors.bodySubtext,
    fontSize: 12,
    lineHeight: 16,
  },
}));

/** Text that takes a second line where the column is narrow, and ends in … after that. */
export const TwoLines = ({ children }: { children: ReactNode }) => (
  <span className={useStyles().twoLines} title={typeof children === 'string' ? children : undefined}>
    {children}
  </span>
);

/** Two lines of their own, each of which ends in … where there is no room; the second is small. */
export const Stacked = ({ first, second }: { first: ReactNode; second: ReactNode }) => {
  const styles = useStyles();
  return (
    <>
      <span className={styles.line}>{first}</span>
      <span className={mergeStyles(styles.line, styles.secondLine)}>{second}</span>
    </>
  );
};
