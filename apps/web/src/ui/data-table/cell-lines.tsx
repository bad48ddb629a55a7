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
  narrow: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: 2,
    marginTop: 2,
    lineHeight: 16,
    // A selected row has its first column in bold.
    fontWeight: 400,
    minWidth: 0,
  },
  line: { display: 'block', maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
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

/** A text that ends in … where there is no room for it. */
export const OneLine = ({ children }: { children: string }) => (
  <span className={useStyles().line} title={children}>
    {children}
  </span>
);

/** What stands under the first column in place of others, one below the other. */
export const NarrowLines = ({ children }: { children: ReactNode }) => (
  <div className={useStyles().narrow}>{children}</div>
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
