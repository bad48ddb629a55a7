import { makeStyles, Text } from '@fluentui/react';
import type { ReactNode } from 'react';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 16px',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    marginBottom: 16,
  },
  title: { fontSize: 20, fontWeight: 600, lineHeight: '28px', margin: 0, outline: 'none' },
  purpose: { color: theme.semanticColors.bodySubtext, margin: '4px 0 0', maxWidth: 720, textWrap: 'pretty' },
}));

/** The title of a page, which is also the document's, with one sentence on what the page is for. */
export const PageHeader = ({ title, purpose, aside }: { title: string; purpose?: ReactNode; aside?: ReactNode }) => {
  const styles = useStyles();
  return (
    <header className={styles.root}>
      <title>{`${title} · Junction`}</title>
      <div>
        <h1 className={styles.title} tabIndex={-1}>
          {title}
        </h1>
        {purpose !== undefined && (
          <Text as="p" block className={styles.purpose}>
            {purpose}
          </Text>
        )}
      </div>
      {aside}
    </header>
  );
};
