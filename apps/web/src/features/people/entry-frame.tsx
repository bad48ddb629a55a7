import { makeStyles } from '@fluentui/react';
import type { ReactNode } from 'react';
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
  title: { fontSize: 20, lineHeight: '28px', fontWeight: 600, margin: '0 0 4px' },
  purpose: { margin: '0 0 20px', color: theme.semanticColors.bodySubtext },
}));

/** The frame of the pages that come before one is signed in. */
export const EntryFrame = ({
  title,
  purpose,
  children,
}: {
  title: string;
  purpose?: ReactNode;
  children: ReactNode;
}) => {
  const styles = useStyles();
  return (
    <main className={styles.root}>
      <title>{`${title} · Junction`}</title>
      <div className={styles.card}>
        <div className={styles.product}>
          <ProductMark size={24} />
          Junction
        </div>
        <h1 className={styles.title}>{title}</h1>
        {purpose !== undefined && <p className={styles.purpose}>{purpose}</p>}
        {children}
      </div>
    </main>
  );
};
