import { makeStyles } from '@fluentui/react';
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
  secondLine: {
    display: 'block',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
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

/** Small text under the first line of a cell. */
export const SecondLine = ({ children }: { children: ReactNode }) => (
  <span className={useStyles().secondLine}>{children}</span>
);
