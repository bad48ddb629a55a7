import { makeStyles } from '@fluentui/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { ProductMark } from '../../ui/product-mark.tsx';

const useStyles = makeStyles((theme) => ({
  root: {
    minHeight: '100dvh',
    height: '100dvh',
    overflow: 'auto',
    boxSizing: 'border-box',
    display: 'grid',
    placeItems: 'center',
    padding: '24px 12px',
    background: theme.semanticColors.bodyStandoutBackground,
    color: theme.semanticColors.bodyText,
  },
  card: {
    width: 'min(440px, 100%)',
    boxSizing: 'border-box',
    padding: 32,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
    '@media (max-width: 639px)': { padding: 20 },
  },
  product: { display: 'flex', alignItems: 'center', gap: 8, fontSize: 16, fontWeight: 600, marginBottom: 24 },
  title: {
    fontSize: 20,
    lineHeight: '28px',
    fontWeight: 600,
    margin: '0 0 4px',
    outline: 'none',
    overflowWrap: 'anywhere',
  },
  purpose: { margin: '0 0 20px', color: theme.semanticColors.bodySubtext },
}));

type Props = {
  title: string;
  purpose?: ReactNode;
  /** For what takes the place of something else without a press: the focus goes to the title, and screen readers read on from there. */
  takesFocus?: boolean;
  children: ReactNode;
};

/** The frame of the pages that come before one is signed in. */
export const EntryFrame = ({ title, purpose, takesFocus = false, children }: Props) => {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <main className={styles.root}>
      <title>{`${title} · Junction`}</title>
      <div className={styles.card}>
        <div className={styles.product}>
          <ProductMark size={24} />
          Junction
        </div>
        <h1 ref={heading} className={styles.title} tabIndex={-1}>
          {title}
        </h1>
        {purpose !== undefined && <p className={styles.purpose}>{purpose}</p>}
        {children}
      </div>
    </main>
  );
};
