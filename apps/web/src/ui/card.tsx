import { makeStyles, mergeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { ReactNode } from 'react';

const useStyles = makeStyles((theme) => ({
  root: {
    padding: 20,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
    minWidth: 0,
    '@media print': { padding: '12px 16px' },
  },
  title: { fontSize: 16, lineHeight: '22px', fontWeight: 600, margin: '0 0 12px' },
  head: { display: 'flex', gap: 8, justifyContent: 'space-between', alignItems: 'flex-start' },
  text: { margin: '-8px 0 16px', color: theme.semanticColors.bodySubtext },
  // There is no room for both side by side.
  belowAside: { '@media (max-width: 639px)': { marginTop: 4 } },
}));

type Props = {
  title: string;
  text?: ReactNode;
  /** What one can do with it, beside the title. */
  aside?: ReactNode;
  children?: ReactNode;
};

/** A part of a page with a title of its own. */
export const Card = ({ title, text, aside, children }: Props) => {
  const styles = useStyles();
  const titleId = useId('card');
  return (
    <section className={styles.root} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {aside}
      </div>
      {text !== undefined && <p className={mergeStyles(styles.text, aside ? styles.belowAside : undefined)}>{text}</p>}
      {children}
    </section>
  );
};
