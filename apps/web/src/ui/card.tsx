import { makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { ReactNode } from 'react';

const useStyles = makeStyles((theme) => ({
  root: {
    padding: 20,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
    minWidth: 0,
  },
  title: { fontSize: 16, lineHeight: '22px', fontWeight: 600, margin: '0 0 12px' },
  text: { margin: '-8px 0 16px', color: theme.semanticColors.bodySubtext },
}));

/** A part of a page with a title of its own. */
export const Card = ({ title, text, children }: { title: string; text?: ReactNode; children?: ReactNode }) => {
  const styles = useStyles();
  const titleId = useId('card');
  return (
    <section className={styles.root} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children}
    </section>
  );
};
