import { makeStyles, mergeStyles } from '@fluentui/react';
import type { ReactNode } from 'react';

const useStyles = makeStyles((theme) => ({
  twoLines: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: '2',
    overflow: 'hidden',
    whiteSpace: 'normal',
    overflowWrap: 'anywhere',
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

/** A text, and a small one in a line of its own under it. */
export const Stacked = ({ first, second }: { first: ReactNode; second: ReactNode }) => {
  const styles = useStyles();
  return (
    <>
      <TwoLines>{first}</TwoLines>
      <span className={mergeStyles(styles.line, styles.secondLine)}>{second}</span>
    </>
  );
};
